import { Counter, registry } from '@eduplatform/observability/metrics';

export const keptAnswersSent = new Counter({
  name: 'http_kept_answers_total',
  help: 'Requests answered with a kept answer, before the framework saw them',
  registers: [registry],
});
