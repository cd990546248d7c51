import { describe, expect, it } from 'vitest';
import { inOrder, inRotation, type Standing } from './rotation.ts';

const server = (name: string, given: Partial<Standing> = {}) => ({
  ...{ name, isUp: true, position: '20', outstanding: 0, behind: 0 },
  ...given,
});
type Server = ReturnType<typeof server> & { behind: number };
const names = (servers: Server[]): string => servers.map(({ name }) => name).join('');
const rotate = (...servers: Server[]): string => names(inRotation(servers, 5000, ({ behind }) => behind));

describe('the rotation', () => {
  it('holds every server that is up and fresh enough', () => {
    const late = { ...server('b', { position: '19' }), behind: 4000 };
    expect(rotate(server('a'), late, server('c'))).toBe('abc');
    expect(rotate(server('a'), { ...late, behind: 6000 }, server('c', { isUp: false }))).toBe('a');
  });

  it('judges by the freshest of those that are up: the last one left serves however old it is', () => {
    expect(
      rotate(server('a', { position: '90', isUp: false }), { ...server('b', { position: '10' }), behind: 0 }),
    ).toBe('b');
    expect(rotate({ ...server('a', { position: null }), behind: 9000 })).toBe('a');
    expect(rotate(server('a', { isUp: false }))).toBe('');
  });
});

describe('the order in which a query tries them', () => {
  const order = (after: string | null, turn: number, ...servers: Server[]): string =>
    names(inOrder(servers, after, turn));

  it('begins with the least busy, in turns among equals', () => {
    const servers = [server('a'), server('b'), server('c')];
    expect([0, 1, 2, 3].map((turn) => order(null, turn, ...servers))).toEqual(['abc', 'bca', 'cab', 'abc']);
    expect(order(null, 0, server('a', { outstanding: 2 }), server('b', { outstanding: 1 }))).toBe('ba');
  });

  it('puts those first that have what is asked for, however busy', () => {
    const busy = server('b', { position: '30', outstanding: 9 });
    expect(order('25', 0, server('a'), busy, server('c', { position: null }))).toBe('bac');
    expect(order('20', 0, server('a'), busy)).toBe('ab');
  });
});
