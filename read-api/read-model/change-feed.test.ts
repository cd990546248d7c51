import { describe, expect, it, vi } from 'vitest';
import { ChangeFeed } from './change-feed.ts';

const listener = () => ({ changed: vi.fn(), interrupted: vi.fn() });

describe('a change feed', () => {
  it('tells who listens to a key, once for each announcement', () => {
    const feed = new ChangeFeed();
    const [both, other] = [listener(), listener()];
    feed.subscribe(['a', 'b'], both);
    feed.subscribe(['c'], other);
    feed.announce(['b', 'a', 'd']);
    expect(both.changed).toHaveBeenCalledTimes(1);
    expect(other.changed).not.toHaveBeenCalled();
  });

  it('tells everybody when all may have changed, and when changes may be missed', () => {
    const feed = new ChangeFeed();
    const [one, other] = [listener(), listener()];
    feed.subscribe(['a', 'b'], one);
    feed.subscribe(['b'], other);
    feed.announceAll();
    feed.interrupt();
    for (const { changed, interrupted } of [one, other]) {
      expect(changed).toHaveBeenCalledTimes(1);
      expect(interrupted).toHaveBeenCalledTimes(1);
    }
  });

  it('tells nothing to who has stopped, also when that happens meanwhile', () => {
    const feed = new ChangeFeed();
    const stopping = listener();
    const stop = feed.subscribe(['a'], stopping);
    feed.subscribe(['a'], { changed: stop, interrupted: stop });
    feed.announce(['a']);
    feed.announce(['a']);
    feed.interrupt();
    expect(stopping.changed).toHaveBeenCalledTimes(1);
    expect(stopping.interrupted).not.toHaveBeenCalled();
  });
});
