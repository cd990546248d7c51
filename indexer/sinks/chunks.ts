/** Splits items so that no chunk has more than `maxItems`, or (unless a single item does) more than `maxSize` in all. */
export function chunksOf<T>(
  items: readonly T[],
  { maxItems, maxSize, sizeOf }: { maxItems: number; maxSize: number; sizeOf: (item: T) => number },
): T[][] {
  const chunks: T[][] = [];
  let size = 0;
  for (const item of items) {
    const last = chunks.at(-1);
    const itemSize = sizeOf(item);
    if (!last || last.length >= maxItems || size + itemSize > maxSize) {
      chunks.push([item]);
      size = itemSize;
    } else {
      last.push(item);
      size += itemSize;
    }
  }
  return chunks;
}
