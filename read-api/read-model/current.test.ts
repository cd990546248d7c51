import { describe, expect, it } from 'vitest';
import { NOTHING_BUILT, parseCurrent, parseWatermarkMessage } from './current.ts';

const position = '0000000001-00000000000000000742-0000000000000000018';
const at = '2026-01-01T00:00:00.000Z';

describe('the current generations', () => {
  it('are nothing while nothing has been built', () => {
    expect(parseCurrent({})).toEqual(NOTHING_BUILT);
  });

  it('name each model with its watermark', () => {
    const fields = { redisGeneration: '3', redisReady: 'true', redisWatermark: JSON.stringify({ position, at }) };
    expect(parseCurrent({ ...fields, searchGeneration: '2', searchEpoch: '7', searchReady: 'false' })).toEqual({
      redis: { generation: 3, ready: true },
      search: { search: { generation: 2, epoch: 7, ready: false } },
      marks: { redis: { position, at } },
      dead: {},
    });
  });

  it('tell of each search server', () => {
    const second = { 'search-2Generation': '4', 'search-2Epoch': '7', 'search-2Ready': 'true' };
    const mark = { 'search-2Watermark': JSON.stringify({ position, at }) };
    const unfinished = { 'search-3Generation': '1', 'search-x Generation': '1' };
    const dead = { 'search-2Dead': '["courses:1",2]' };
    expect(parseCurrent({ ...second, ...mark, ...dead, ...unfinished })).toEqual({
      redis: null,
      search: { 'search-2': { generation: 4, epoch: 7, ready: true } },
      marks: { 'search-2': { position, at } },
      dead: { 'search-2': new Set(['courses:1']) },
    });
  });

  it('are not taken from what cannot be read', () => {
    const fields = { redisGeneration: 'x', redisReady: 'true', redisWatermark: '{', searchGeneration: '1' };
    expect(parseCurrent(fields)).toEqual(NOTHING_BUILT);
  });
});

describe('an announcement', () => {
  it('is read with what it touched', () => {
    const message = { sink: 'redis', generation: 1, position, at, touched: ['card:1'] };
    expect(parseWatermarkMessage(JSON.stringify(message))).toEqual(message);
    const search = { sink: 'search', generation: 1, epoch: 4, position, at, touched: [] };
    for (const sink of ['search', 'search-2']) {
      const told = { ...search, sink, dead: ['lessons:1'] };
      expect(parseWatermarkMessage(JSON.stringify(told))).toEqual(told);
    }
  });

  it.each(['', '{', 'null', '[]', '{"sink":"redis"}', JSON.stringify({ sink: 'x', generation: 1, position, at })])(
    'is passed over when it is %s',
    (text) => {
      expect(parseWatermarkMessage(text)).toBeNull();
    },
  );
});
