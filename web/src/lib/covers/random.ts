/** A stream of numbers in [0, 1) that depends on the text alone, the same on every machine. */
export interface Random {
  (): number;
  /** A number in [from, to). */
  between(from: number, to: number): number;
  /** One of the items, which must not be empty. */
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    // mulberry32: short, and good enough for a drawing
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Object.assign(next, {
    between: (from: number, to: number) => from + next() * (to - from),
    pick: <T>(items: readonly [T, ...T[]]): T => items[Math.floor(next() * items.length)] ?? items[0],
  });
}

/** FNV-1a over the UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
