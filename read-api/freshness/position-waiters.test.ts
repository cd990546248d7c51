import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveState } from '../read-model/live-state.ts';
import { PositionWaiters } from './position-waiters.ts';
import type { Source, Sources } from './sources.ts';

const at = '2026-01-01T00:00:00.000Z';
function setUp(limit?: number) {
  const state = new LiveState();
  const marks = { redis: { position: '10', at }, search: { position: '10', at } };
  const models = {
    redis: { generation: 1, ready: true },
    search: { search: { generation: 1, epoch: 1, ready: true } },
  };
  state.replace({ ...models, marks, dead: {} }, state.beginReload());
  const advance = (sink: 'redis' | 'search', position: string) =>
    state.apply({ sink, position, at, generation: 1, ...(sink === 'search' && { epoch: 1 }), touched: [] });
  const up = new Set<Source>(['redis', 'search']);
  const sources: Sources = {
    mark: (source) => state.mark(source),
    isUp: (source) => up.has(source),
    onChange: (listener) => void state.onChange(listener),
  };
  return { waiters: new PositionWaiters(sources, limit), advance, up };
}

describe('waiting for a position', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const both = ['redis', 'search'] as const;
  const sources = () => both;

  it('is over at once when the sinks have passed it', async () => {
    const { waiters } = setUp();
    expect(await waiters.wait({ position: '10', sources, timeoutMs: 1000 })).toBe('passed');
  });

  it('is over when the last sink passes it', async () => {
    const { waiters, advance } = setUp();
    const wait = waiters.wait({ position: '15', sources, timeoutMs: 1000 });
    advance('redis', '20');
    expect(waiters.hasPassed('15', both)).toBe(false);
    advance('search', '15');
    expect(await wait).toBe('waited');
  });

  it('is over when what has not passed it goes away', async () => {
    const { waiters, advance, up } = setUp();
    const wait = waiters.wait({
      position: '15',
      sources: () => both.filter((source) => up.has(source)),
      timeoutMs: 1000,
    });
    up.delete('search');
    advance('redis', '20');
    expect(await wait).toBe('waited');
  });

  it('is over when the time is up, when the caller is gone, and when the server stops', async () => {
    const { waiters } = setUp();
    const timed = waiters.wait({ position: '15', sources, timeoutMs: 1000 });
    vi.advanceTimersByTime(1000);
    expect(await timed).toBe('timeout');
    const caller = new AbortController();
    const abandoned = waiters.wait({ position: '15', sources, timeoutMs: 1000, signal: caller.signal });
    caller.abort();
    expect(await abandoned).toBe('timeout');
    const stopped = waiters.wait({ position: '15', sources, timeoutMs: 1000 });
    waiters.stop();
    expect(await stopped).toBe('stopped');
    expect(await waiters.wait({ position: '15', sources, timeoutMs: 1000 })).toBe('stopped');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is refused to more than so many at once', async () => {
    const { waiters, advance } = setUp(1);
    const first = waiters.wait({ position: '15', sources: () => ['redis'], timeoutMs: 1000 });
    expect(await waiters.wait({ position: '15', sources: () => ['redis'], timeoutMs: 1000 })).toBe('overflow');
    advance('redis', '15');
    expect(await first).toBe('waited');
  });
});
