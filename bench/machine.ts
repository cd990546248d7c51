import { cpus, loadavg, totalmem } from 'node:os';

/** What a figure was measured on. */
export function describeMachine(): string {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${memory}, ${process.platform}, Node ${process.versions.node}, load before ${load}`;
}
