import type { IndexerJob } from '@eduplatform/contracts/http/indexer';
import { describe, expect, it } from 'vitest';
import { percentOf, progressOf, secondsLeft, verifiedOf } from './progress.ts';

const progress = { phase: 'backfill', done: 250, total: 1000, ratePerSecond: 50, problem: null };

describe('a job', () => {
  it('says how far it is and how long it will take', () => {
    expect(progressOf({ progress })).toEqual(progress);
    expect(percentOf(progress)).toBe(25);
    expect(secondsLeft(progress)).toBe(15);
  });

  it('says nothing before its first step, and nothing that it cannot know', () => {
    const unknown = progressOf({ progress: {} });
    expect(unknown).toEqual({ phase: '', done: 0, total: 0, ratePerSecond: 0, problem: null });
    expect(percentOf(unknown)).toBeNull();
    expect(secondsLeft(unknown)).toBeNull();
    expect(secondsLeft({ ...progress, ratePerSecond: 0 })).toBeNull();
  });

  it('is not called done early, nor more than done when the estimate was low', () => {
    expect(percentOf({ done: 999, total: 1000 })).toBe(99);
    expect(percentOf({ done: 1200, total: 1000 })).toBe(100);
    expect(secondsLeft({ ...progress, done: 1200 })).toBeNull();
  });
});

describe('a verification', () => {
  const job = {
    kind: 'verify',
    state: 'succeeded',
    result: { documents: 12, drift: 2, mended: 1 },
  } as unknown as IndexerJob;

  it('tells what differs', () => {
    expect(verifiedOf(job)).toEqual({ documents: 12, drift: 2, mended: 1, unsettled: 0, differences: [] });
  });

  it('tells nothing before it has succeeded, and other jobs tell nothing of it', () => {
    expect(verifiedOf({ ...job, state: 'running' })).toBeNull();
    expect(verifiedOf({ ...job, kind: 'reindex' })).toBeNull();
  });
});
