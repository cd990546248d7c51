/**
 * Draws ranks 0 … `count` − 1 as popularity falls on the web: the n-th is drawn 1/n times as often as the first (Zipf's
 * law with exponent 1; Breslau et al., "Web caching and Zipf-like distributions", 1999).
 * @param random numbers in [0, 1)
 */
export function zipf(count: number, random: () => number): () => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
