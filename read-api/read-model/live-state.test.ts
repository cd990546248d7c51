import { describe, expect, it } from 'vitest';
import type { WatermarkMessage } from '@eduplatform/contracts/redis-keys';
import type { CurrentState } from './current.ts';
import { LiveState } from './live-state.ts';

const at = '2026-01-01T00:00:00.000Z';
const built = (position = '10', generation = 1): CurrentState => ({
  redis: { generation, ready: true },
  search: { search: { generation: 1, epoch: 2, ready: true } },
  marks: { redis: { position, at }, search: { position, at } },
  dead: {},
});
const message = (given: Partial<WatermarkMessage>): WatermarkMessage => ({
  ...{ sink: 'redis', generation: 1, position: '20', at, touched: [] },
  ...given,
});

function setUp() {
  const clock = { now: 0 };
  const state = new LiveState(() => new Date(clock.now));
  state.replace(built(), state.beginReload());
  return { clock, state };
}

describe('the live state', () => {
  it('follows the announcements of the generation in use', () => {
    const { state } = setUp();
    expect(state.apply(message({}))).toBe(true);
    expect(state.mark('redis')?.position).toBe('20');
    expect(state.mark('search')?.position).toBe('10');
  });

  it.each([
    ['another generation', { generation: 2 }],
    ['another epoch', { sink: 'search' as const, epoch: 3 }],
  ])('asks to be read again on an announcement of %s, and does not follow it', (_name, given) => {
    const { state } = setUp();
    expect(state.apply(message(given))).toBe(false);
    expect(state.mark('redis')?.position).toBe('10');
    expect(state.mark('search')?.position).toBe('10');
  });

  it('asks to be read again when a sink went back', () => {
    const { state } = setUp();
    expect(state.apply(message({ position: '05' }))).toBe(false);
    expect(state.mark('redis')?.position).toBe('05');
  });

  it('asks to be read again as long as the model is not ready', () => {
    const { state } = setUp();
    state.replace({ ...built(), redis: { generation: 1, ready: false } }, state.beginReload());
    expect(state.apply(message({}))).toBe(false);
  });

  it('keeps an announcement that came while it was being read', () => {
    const { state } = setUp();
    const begun = state.beginReload();
    state.apply(message({ position: '30' }));
    state.replace(built('25'), begun);
    expect(state.mark('redis')?.position).toBe('30');
    state.replace(built('25'), state.beginReload());
    expect(state.mark('redis')?.position).toBe('25');
  });

  it('remembers when a position was passed', () => {
    const { clock, state } = setUp();
    clock.now = 1000;
    state.apply(message({ position: '20' }));
    clock.now = 2000;
    state.apply(message({ position: '30' }));
    expect(state.passedAt('redis', '15')).toBe(new Date(1000).toISOString());
    expect(state.passedAt('redis', '30')).toBe(new Date(2000).toISOString());
    expect(state.passedAt('redis', '31')).toBeNull();
    expect(state.passedAt('search', '20')).toBeNull();
  });

  it('measures how long a search server is behind another, by what it has heard and by what they say', () => {
    const { clock, state } = setUp();
    const models = { ...built().search, 'search-2': { generation: 5, epoch: 2, ready: true } };
    const search = (position: string) => message({ sink: 'search', epoch: 2, position });
    state.replace({ ...built(), search: models }, state.beginReload());
    expect(state.behindMs('search-2', 'search')).toBe(Number.POSITIVE_INFINITY);
    state.apply(message({ sink: 'search-2', generation: 5, epoch: 2, position: '15' }));
    expect(state.behindMs('search-2', 'search')).toBe(0);
    clock.now = 1000;
    state.apply(search('15'));
    clock.now = 2000;
    state.apply(search('20'));
    expect(state.behindMs('search-2', 'search')).toBe(0);
    clock.now = 5000;
    state.apply(search('30'));
    expect(state.behindMs('search-2', 'search')).toBe(3000);
    clock.now = 60_000;
    expect(state.behindMs('search-2', 'search')).toBe(3000);
    expect(state.behindMs('search', 'search-2')).toBe(0);
    const later = new Date(Date.parse(at) + 9000).toISOString();
    state.apply({ ...search('30'), at: later });
    expect(state.behindMs('search-2', 'search')).toBe(58_000);
    state.replace(
      {
        ...built(),
        search: models,
        marks: { search: { position: '30', at: later }, 'search-2': { position: '15', at } },
      },
      state.beginReload(),
    );
    expect(state.behindMs('search-2', 'search')).toBe(58_000);
  });

  it('knows from the watermarks themselves that a server stood still before it began to listen', () => {
    const state = new LiveState(() => new Date(0));
    const later = new Date(Date.parse(at) + 9000).toISOString();
    const models = { ...built().search, 'search-2': { generation: 5, epoch: 2, ready: true } };
    const marks = { search: { position: '30', at: later }, 'search-2': { position: '15', at } };
    state.replace({ ...built(), search: models, marks }, state.beginReload());
    expect(state.behindMs('search-2', 'search')).toBe(9000);
  });

  it('knows which documents a search server refused, until it is told of none', () => {
    const { state } = setUp();
    const told = (dead?: string[]) => state.apply(message({ sink: 'search', epoch: 2, ...(dead && { dead }) }));
    told(['courses:1']);
    expect(['courses:1', 'courses:2'].map((key) => state.isRefused('search', key))).toEqual([true, false]);
    expect(state.isRefused('search-2', 'courses:1')).toBe(false);
    told(['*']);
    expect(state.isRefused('search', 'courses:2')).toBe(true);
    told();
    expect(state.isRefused('search', 'courses:1')).toBe(false);
    state.replace({ ...built(), dead: { search: new Set(['courses:1']) } }, state.beginReload());
    expect(state.isRefused('search', 'courses:1')).toBe(true);
  });

  it('tells its listeners of every change until they stop listening', () => {
    const { state } = setUp();
    let calls = 0;
    const stop = state.onChange(() => (calls += 1));
    state.apply(message({}));
    state.replace(built(), state.beginReload());
    stop();
    state.apply(message({}));
    expect(calls).toBe(2);
  });
});
