/** The query of a list at another cursor, or (null) at its beginning; what the list is filtered by stays. */
export function queryWith(search: string, cursor: string | null): string {
  const query = new URLSearchParams(search);
  query.delete('after');
  if (cursor !== null) query.set('after', cursor);
  const text = query.toString();
  return text && `?${text}`;
}
