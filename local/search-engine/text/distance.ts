/**
 * Edit distance with transpositions counted once, or `limit + 1` when it is larger.
 * With `prefix`, the distance to the nearest prefix of `candidate`.
 */
export function editDistance(query: string, candidate: string, limit: number, prefix: boolean): number {
  const over = limit + 1;
  if (!prefix && Math.abs(query.length - candidate.length) > limit) return over;
  if (prefix && candidate.length < query.length - limit) return over;
  const width = query.length + 1;
  const height = prefix ? Math.min(candidate.length, query.length + limit) : candidate.length;
  let beforePrevious = new Uint8Array(width);
  let previous = Uint8Array.from({ length: width }, (_, index) => index);
  let current = new Uint8Array(width);
  let best = previous[width - 1] ?? over;
  for (let row = 1; row <= height; row += 1) {
    current[0] = row;
    let smallest = row;
    const letter = candidate.charCodeAt(row - 1);
    for (let column = 1; column < width; column += 1) {
      const same = query.charCodeAt(column - 1) === letter;
      let value = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        column > 1 &&
        row > 1 &&
        query.charCodeAt(column - 2) === letter &&
        query.charCodeAt(column - 1) === candidate.charCodeAt(row - 2);
      if (swapped) value = Math.min(value, (beforePrevious[column - 2] ?? 0) + 1);
      current[column] = value;
      if (value < smallest) smallest = value;
    }
    const end = current[width - 1] ?? over;
    if (end < best || !prefix) best = end;
    if (smallest > limit) return prefix && best <= limit ? best : over;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(best, over);
}
