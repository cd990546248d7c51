import { Counter, Gauge, Histogram, registry } from '@eduplatform/observability/metrics';

const registers = [registry];
const labelNames = ['sink'] as const;

export const metrics = {
  backlogRows: new Gauge({
    name: 'indexer_outbox_backlog_rows',
    help: 'Outbox rows that are not in the sink yet',
    labelNames,
    registers,
  }),
  oldestUnapplied: new Gauge({
    name: 'indexer_oldest_unapplied_age_seconds',
    help: 'Age of the oldest outbox row that is not in the sink; 0 when all are',
    labelNames,
    registers,
  }),
  watermark: new Gauge({
    name: 'indexer_watermark_timestamp_seconds',
    help: 'When the watermark of the sink last advanced',
    labelNames,
    registers,
  }),
  horizonAge: new Gauge({
    name: 'indexer_horizon_age_seconds',
    help: 'Age of the oldest writing transaction of the cluster, which holds back the stream',
    registers,
  }),
  batchRows: new Histogram({
    name: 'indexer_batch_rows',
    help: 'Outbox rows per batch',
    labelNames,
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 4000],
    registers,
  }),
  documents: new Counter({
    name: 'indexer_documents_total',
    help: 'Documents by what became of them: sent, unchanged, stale (the sink holds a newer one), or refused (a dead letter)',
    labelNames: ['sink', 'outcome'] as const,
    registers,
  }),
  errors: new Counter({
    name: 'indexer_sink_errors_total',
    help: 'Failures after which the sink was opened again',
    labelNames,
    registers,
  }),
  visible: new Histogram({
    name: 'indexer_write_to_visible_seconds',
    help: 'From the write of the outbox row until its documents can be read from the sink',
    labelNames,
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    registers,
  }),
  deadLetters: new Gauge({
    name: 'indexer_dead_letters',
    help: 'Documents that the sink refused and that no later write has mended',
    labelNames,
    registers,
  }),
  isReady: new Gauge({
    name: 'indexer_sink_ready',
    help: '1 while the sink has been built and follows the stream',
    labelNames,
    registers,
  }),
};
