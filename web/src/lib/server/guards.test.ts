import { isHttpError, isRedirect } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../session.ts';
import { adminOf, viewerOf } from './guards.ts';
import { ApiError } from './problem.ts';
import { teacherOf } from './studio/guard.ts';

interface Visitor {
  role?: Viewer['role'];
  /** Whether their access token still holds. */
  hasToken?: boolean;
  method?: string;
}

function visitBy({ role, hasToken = true, method = 'GET' }: Visitor) {
  const url = new URL('http://web.test/studio?/create');
  const viewer = role ? { id: 'u1', name: 'Ann', role } : null;
  const session = { viewer: () => viewer, accessToken: () => (hasToken ? 'token' : null) };
  const visit = { locals: { requestId: 'request-1', session }, request: new Request(url, { method }), url };
  return visit as unknown as Parameters<typeof viewerOf>[0];
}

const thrownBy = (guard: () => unknown): unknown => {
  try {
    return guard();
  } catch (thrown) {
    return thrown;
  }
};
const leadsTo = (guard: () => unknown): string | null => {
  const thrown = thrownBy(guard);
  return isRedirect(thrown) ? thrown.location : null;
};

describe.each([
  ['a page of one’s own', viewerOf],
  ['the studio', teacherOf],
  ['the administration', adminOf],
])('%s', (_, guard) => {
  it('leads anonymous visitors back to the address that they asked for', () => {
    expect(leadsTo(() => guard(visitBy({})))).toBe('/sign-in?next=%2Fstudio%3F%2Fcreate');
  });

  it('leads them to the page of a form, not to the address that the form was sent to', () => {
    expect(leadsTo(() => guard(visitBy({ method: 'POST' })))).toBe('/sign-in?next=%2Fstudio');
  });

  it('is away, not forbidden, while nobody can renew a session that ran out', () => {
    const thrown = thrownBy(() => guard(visitBy({ role: 'admin', hasToken: false })));
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({ status: 503 });
  });

  it('lets a form through then, so that what was typed comes back with the reason', () => {
    expect(guard(visitBy({ role: 'admin', hasToken: false, method: 'POST' }))).toMatchObject({ role: 'admin' });
  });
});

it('only teachers and admins write, only admins administer', () => {
  expect(
    isHttpError(
      thrownBy(() => teacherOf(visitBy({ role: 'student' }))),
      403,
    ),
  ).toBe(true);
  expect(
    isHttpError(
      thrownBy(() => adminOf(visitBy({ role: 'teacher' }))),
      403,
    ),
  ).toBe(true);
  expect(teacherOf(visitBy({ role: 'teacher' }))).toMatchObject({ role: 'teacher' });
});
