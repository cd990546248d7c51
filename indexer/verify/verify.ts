import type { Queryable } from '@eduplatform/db/transaction';
import type { Projection } from '../projections/projection.ts';
import type { Inspector, ListDifference } from './inspector.ts';
import type { Report, VerifyProgress, VerifyResult } from './report.ts';
import { SeenKeys } from './seen-keys.ts';
import { settle, type Finding, type SecondLook } from './settle.ts';

/** Suspects that are looked at again together. */
const SUSPECTS = 200;

export interface VerifyOptions {
  db: Queryable;
  projections: readonly Projection[];
  inspector: Inspector;
  look: SecondLook;
  /** A position that was not given out yet. */
  limit: () => Promise<string>;
  /** Has documents written again; absent: nothing is mended. */
  mend?: (keys: readonly string[]) => Promise<void>;
  report: Report;
  signal: AbortSignal;
  onProgress: (progress: VerifyProgress) => void;
}

/**
 * Compares a read model with Postgres document by document, in both directions, and then its lists. Everything passes in
 * pages; of what differs at first sight only what still differs after the sink has caught up is reported.
 */
export async function verify(options: VerifyOptions): Promise<VerifyResult> {
  const { db, projections, inspector, look, limit, mend, report, signal, onProgress } = options;
  const seen = new SeenKeys();
  let suspects = new Set<string>();

  const flush = async (): Promise<void> => {
    const asked = [...suspects];
    suspects = new Set();
    const { differing, unsettled } = await settle(asked, look);
    for (const key of asked) seen.add(key);
    report.unsettled(unsettled.length);
    const left = mend ? await mendAndLook(differing, mend, look) : new Map(differing.map((each) => [each.key, each]));
    for (const finding of differing) report.found(finding, !left.has(finding.key));
  };
  const suspect = async (keys: Iterable<string>): Promise<void> => {
    for (const key of keys) {
      suspects.add(key);
      if (suspects.size >= SUSPECTS) await flush();
    }
  };

  const counts = await Promise.all(projections.map((projection) => projection.count(db)));
  const progress = counter('documents', counts, onProgress);
  for (const projection of projections) {
    for await (const page of projection.all(db, null)) {
      signal.throwIfAborted();
      const expected = await page.load();
      const differences = await inspector.compare(expected, limit);
      report.compared(expected.filter((change) => !('tombstone' in change)).length);
      for (const [index, { key }] of expected.entries()) if (!differences[index]) seen.add(key);
      await suspect(expected.flatMap(({ key }, index) => (differences[index] ? [key] : [])));
      progress(page.size);
    }
  }

  const looked = counter('surplus', [await inspector.count()], onProgress);
  for await (const keys of inspector.unknownKeys((key) => seen.has(key), looked)) {
    signal.throwIfAborted();
    await suspect(keys);
  }
  await flush();
  if (inspector.lists) await verifyLists(inspector.lists(mend !== undefined), options);
  return report.result();
}

/** Findings that are still there after they were written again. */
async function mendAndLook(
  differing: readonly Finding[],
  mend: (keys: readonly string[]) => Promise<void>,
  look: SecondLook,
): Promise<Map<string, Finding>> {
  const keys = differing.filter(isMendable).map(({ key }) => key);
  const left = new Map(differing.filter((finding) => !isMendable(finding)).map((finding) => [finding.key, finding]));
  if (keys.length === 0) return left;
  await mend(keys);
  const again = await settle(keys, look);
  for (const finding of again.differing) left.set(finding.key, finding);
  return left;
}

/** A version of the future refuses every other, and what is no document is not ours to delete. */
const isMendable = ({ difference }: Finding): boolean => difference !== 'ahead' && difference !== 'foreign';

async function verifyLists(
  checks: AsyncIterable<{ members: number; differences: ListDifference[] }>,
  { report, signal, mend, onProgress }: VerifyOptions,
): Promise<void> {
  const progress = counter('lists', [0], onProgress);
  for await (const { members, differences } of checks) {
    signal.throwIfAborted();
    report.comparedMembers(members);
    for (const difference of differences) report.foundInList(difference, mend !== undefined);
    progress(members);
  }
}

function counter(phase: VerifyProgress['phase'], counts: number[], onProgress: (progress: VerifyProgress) => void) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  onProgress({ phase, done, total });
  return (more: number): void => {
    done += more;
    onProgress({ phase, done, total: Math.max(total, done) });
  };
}
