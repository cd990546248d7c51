/** Answers one value after the other, and begins again behind the last. */
export function inTurn<T>(values: readonly T[]): () => T {
  let index = 0;
  return () => {
    const value = values[index % values.length];
    if (value === undefined) throw new RangeError('there is nothing to take in turn');
    index += 1;
    return value;
  };
}
