import { describe, expect, it } from 'vitest';
import { listMember } from '@eduplatform/contracts/redis-keys';
import { BEFORE_ALL, newsBehind, newsSince, WINDOW, windowOf } from './window.ts';

const member = (time: number) => listMember([time], `n${time}`);
/** Members of the times from `last` down to `first`. */
const members = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => member(last - index));

describe('what is new since a list was seen', () => {
  it('is what was not there, the oldest first', () => {
    expect(newsSince(windowOf(members(3)), members(5))).toEqual(['n4', 'n5']);
    expect(newsSince(windowOf(members(3)), members(3))).toEqual([]);
    expect(newsSince(windowOf([]), members(2))).toEqual(['n1', 'n2']);
  });

  it('is also what arrived behind something later', () => {
    const seen = [member(9), member(3)];
    expect(newsSince(windowOf(seen), [member(9), member(7), member(3)])).toEqual(['n7']);
  });

  it('is not what moves up when something is removed', () => {
    const seen = members(150, 51);
    expect(
      newsSince(
        windowOf(seen),
        members(150, 50).filter((each) => each !== member(100)),
      ),
    ).toEqual([]);
  });

  it('cannot be told when it is more than the window shows', () => {
    expect(newsSince(windowOf(members(10)), members(200, 101))).toBeNull();
    expect(newsSince(windowOf(members(10)), members(109, 10))).toHaveLength(WINDOW - 1);
  });
});

describe('what came behind the last that a reader saw', () => {
  it('is what followed it', () => {
    expect(newsBehind('n3', members(5))).toEqual(['n4', 'n5']);
    expect(newsBehind('n5', members(5))).toEqual([]);
  });

  it('is nothing for a new reader, and everything for one who came before the first', () => {
    expect(newsBehind(undefined, members(5))).toEqual([]);
    expect(newsBehind(BEFORE_ALL, members(2))).toEqual(['n1', 'n2']);
  });

  it('cannot be told when that is too long ago or unknown', () => {
    expect(newsBehind('n3', members(150, 51))).toBeNull();
    expect(newsBehind('anything', members(5))).toBeNull();
    expect(newsBehind(BEFORE_ALL, members(150, 51))).toBeNull();
  });
});
