import { parentPort, workerData } from 'node:worker_threads';
import { piecesOf } from '../copy.ts';
import { planScale } from './chunks.ts';
import type { FromGenerator, GeneratorOptions, TableText } from './generator.ts';

if (parentPort === null) throw new Error('generator-thread.ts must be started as a worker thread');
const port = parentPort;
const post = (message: FromGenerator, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

const { seed, sizes, passwordHash } = workerData as GeneratorOptions;
const phases = planScale(seed, sizes, passwordHash);
const chunks = new Map(phases.flatMap((phase) => phase.chunks.map((chunk) => [chunk.name, chunk])));
const encoder = new TextEncoder();

port.on('message', (name: string) => {
  const chunk = chunks.get(name);
  if (!chunk) throw new Error(`there is no chunk "${name}"`);
  const tables = chunk.tables().map(({ table, columns, rows }): TableText => {
    const pieces = Array.from(piecesOf(rows), (piece) => encoder.encode(piece));
    return { table, columns, pieces };
  });
  post(
    { chunk: name, tables },
    tables.flatMap(({ pieces }) => pieces.map(({ buffer }) => buffer)),
  );
});
post({
  phases: phases.map(({ title, chunks: all }) => ({ title, chunks: all.map(({ name, size }) => ({ name, size })) })),
});
