/**
 * Preloaded (`node --import`) into a service: parses and stringifies the body of every answer, as a service does that
 * keeps objects instead of bytes. Nothing else about it changes, but that its metrics tell how many it were.
 */
import { ServerResponse } from 'node:http';
import { Gauge, registry } from '@eduplatform/observability/metrics';

type End = (this: ServerResponse, body?: unknown, ...more: unknown[]) => ServerResponse;

const send = Reflect.get(ServerResponse.prototype, 'end') as End;
let parsed = 0;
const end: End = function (body, ...more) {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : '';
  if (!text.startsWith('{')) return send.call(this, body, ...more);
  parsed += 1;
  return send.call(this, JSON.stringify(JSON.parse(text)), ...more);
};
ServerResponse.prototype.end = end as ServerResponse['end'];

// Asked when somebody looks, so that counting costs nothing of what is measured.
new Gauge({
  name: 'bench_answers_parsed',
  help: 'Answers that were parsed and stringified',
  registers: [registry],
  collect() {
    this.set(parsed);
  },
});
