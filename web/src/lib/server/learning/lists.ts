import type { Api } from '../api.ts';

const PER_PAGE = 20;

/** A page of one of the visitor's own lists; the first one where the address names no cursor. Throws ApiError. */
export function readList<T>(api: Api, path: string, url: URL, limit = PER_PAGE): Promise<T> {
  const cursor = url.searchParams.get('cursor');
  return api.read<T>(path, { limit, ...(cursor && { cursor }) });
}
