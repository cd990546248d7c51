import { isHttpError, isRedirect } from '@sveltejs/kit';
import { describe, expect, it, vi } from 'vitest';
import type { Viewer } from '#lib/session.ts';
import { GET } from './+server.ts';

const position = '0000000001-00000000000000000742-0000000000000000018';
const status = { reached: true };

function visitBy(role: Viewer['role'] | null) {
  const read = vi.fn(async () => status);
  const viewer = role && { id: 'u1', name: 'Ann', role };
  const event = {
    locals: { api: { read }, requestId: 'request-1', session: { viewer: () => viewer, accessToken: () => 'token' } },
    params: { position },
    request: new Request('http://web.test/'),
    url: new URL(`http://web.test/studio/positions/${position}`),
  };
  return { event: event as unknown as Parameters<typeof GET>[0], read };
}

const refusalOf = (event: Parameters<typeof GET>[0]): Promise<unknown> =>
  Promise.resolve(GET(event)).then(
    () => null,
    (reason: unknown) => reason,
  );

describe('waiting for a position', () => {
  it('is for teachers', async () => {
    const { event } = visitBy('teacher');
    expect(await (await GET(event)).json()).toEqual(status);
  });

  it('sends anonymous visitors to the sign-in page', async () => {
    const { event, read } = visitBy(null);
    expect(isRedirect(await refusalOf(event))).toBe(true);
    expect(read).not.toHaveBeenCalled();
  });

  it('is refused to students', async () => {
    const { event, read } = visitBy('student');
    expect(isHttpError(await refusalOf(event), 403)).toBe(true);
    expect(read).not.toHaveBeenCalled();
  });
});
