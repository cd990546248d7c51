import { expect } from 'vitest';
import type { Asker, Contenders } from './contenders.ts';

export interface Answer {
  status: number;
  body: unknown;
}

export async function get(contenders: Contenders, url: string, asker: Asker = 'nobody'): Promise<Answer> {
  const response = await fetch(url, { headers: contenders.as(asker) });
  const body: unknown = await response.json();
  // Of a problem the code is what callers go by.
  return { status: response.status, body: response.ok ? body : (body as { code: string }).code };
}

const BASELINES = ['first', 'tuned'] as const;

/** Asks all three; expects the same of them, and answers it. */
export async function same(contenders: Contenders, path: string, asker: Asker = 'nobody'): Promise<Answer> {
  const expected = await get(contenders, contenders.readApi + path, asker);
  for (const name of BASELINES) {
    expect(await get(contenders, contenders[name] + path, asker), `${name} ${path} for ${asker}`).toEqual(expected);
  }
  return expected;
}

/** All items of a list, page by page. */
export async function walk(contenders: Contenders, url: string, asker: Asker = 'nobody'): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let cursor: string | null = null; ;) {
    const { body } = await get(contenders, `${url}${cursor === null ? '' : `&cursor=${cursor}`}`, asker);
    const page = body as { items: unknown[]; nextCursor: string | null };
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

/** Walks the list of all three; expects the same items in the same order, and answers them. */
export async function sameWalk(contenders: Contenders, path: string, asker: Asker = 'nobody'): Promise<unknown[]> {
  const expected = await walk(contenders, contenders.readApi + path, asker);
  for (const name of BASELINES) {
    expect(await walk(contenders, contenders[name] + path, asker), `${name} ${path}`).toEqual(expected);
  }
  return expected;
}
