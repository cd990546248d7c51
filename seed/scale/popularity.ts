/**
 * Divides `total` among things by rank as Zipf's law has it: the first has twice as many as the second, three times as many
 * as the third … What a thing cannot take (`capacityOf`) goes to those behind it. The sum is exact.
 * Throws RangeError when all of them together cannot take the total.
 */
export function divideByRank(total: number, count: number, capacityOf: (rank: number) => number): number[] {
  const shares = Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let owed = 0;
  let given = 0;
  const counts = shares.map((share, rank) => {
    owed += (total * share) / whole;
    const part = Math.min(Math.round(owed) - given, capacityOf(rank));
    given += part;
    return part;
  });
  // What rounding and full courses left over.
  for (let rank = 0; given < total; rank += 1) {
    if (rank >= count) throw new RangeError(`${total - given} of ${total} are left over: there is not enough room`);
    const more = Math.min(total - given, capacityOf(rank) - (counts[rank] ?? 0));
    counts[rank] = (counts[rank] ?? 0) + more;
    given += more;
  }
  return counts;
}
