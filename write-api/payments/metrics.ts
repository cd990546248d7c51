import { Counter, Gauge, registry } from '@eduplatform/observability/metrics';

const registers = [registry];

export const settledPayments = new Counter({
  name: 'payments_settled_total',
  help: 'Payments and refunds by what became of them, and by who learnt it: the request itself or the reconciler',
  labelNames: ['outcome', 'by'] as const,
  registers,
});

export const lateCharges = new Counter({
  name: 'payments_charged_late_total',
  help: 'Charges that the provider made for payments that had been given up',
  registers,
});

export const unsettledPayments = new Gauge({
  name: 'payments_unsettled',
  help: 'Payments and refunds of which the provider’s answer is not known yet',
  // The database's own figure, whoever measured it.
  aggregator: 'max',
  registers,
});

export const oldestUnsettled = new Gauge({
  name: 'payments_unsettled_oldest_seconds',
  help: 'Age of the oldest of them; 0 when there is none',
  aggregator: 'max',
  registers,
});
