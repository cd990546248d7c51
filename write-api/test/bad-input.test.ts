import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraft, startHarness, type DraftCourse, type Harness, type Person } from './harness.ts';

let harness: Harness;
let teacher: Person;
let draft: DraftCourse;
beforeAll(async () => {
  harness = await startHarness();
  teacher = await harness.person('teacher');
  draft = await createDraft(harness, teacher);
});
afterAll(() => harness.stop());

const UNKNOWN = '0190b1a5-7c4e-7e1a-9a3b-0123456789ab';

/** Everything that a command could have changed. */
async function stored(): Promise<string> {
  const { rows } = await harness.pool.query(
    `select md5(concat((select json_agg(c order by id) from courses c), (select json_agg(m order by id) from modules m),
       (select json_agg(l order by id) from lessons l), (select json_agg(r) from course_revisions r),
       (select json_agg(o order by position) from outbox o), (select json_agg(k) from idempotency_keys k))) as hash`,
  );
  return rows[0].hash;
}

async function expectRefusal(method: string, url: string, body: unknown, status: number, code: string) {
  const before = await stored();
  const answer = await harness.send(method, url, { as: teacher, version: draft.version, body });
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status, code, requestId: expect.any(String) });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.text).not.toMatch(/select |insert |node_modules|stack/i);
  expect(await stored()).toBe(before);
  return answer;
}

const course = { title: 'X', category: 'cooking' };

describe('bad input is refused with a problem document, and nothing is stored:', () => {
  it.each([
    ['malformed JSON', '{"title":', 400, 'malformed_json'],
    ['no body', undefined, 400, 'invalid_request'],
    ['an array', '[]', 400, 'invalid_request'],
    ['a number as a title', { ...course, title: 5 }, 400, 'invalid_request'],
    ['an empty title', { ...course, title: '' }, 400, 'invalid_request'],
    ['a blank title', { ...course, title: ' \t ' }, 400, 'invalid_request'],
    ['a long title', { ...course, title: 'x'.repeat(121) }, 400, 'invalid_request'],
    ['a control character', { ...course, title: 'a\u0000b' }, 400, 'invalid_request'],
    ['a NUL where no pattern forbids it', { ...course, subtitle: 'a\u0000b' }, 400, 'invalid_request'],
    ['a price as text', { ...course, price: { amount: '5', currency: 'USD' } }, 400, 'invalid_request'],
    ['a negative price', { ...course, price: { amount: -5, currency: 'USD' } }, 400, 'invalid_request'],
    ['a fraction of a cent', { ...course, price: { amount: 1.5, currency: 'USD' } }, 400, 'invalid_request'],
    ['an unknown language', { ...course, language: 'xx' }, 400, 'invalid_request'],
    ['an unknown category', { ...course, category: 'nowhere' }, 400, 'invalid_request'],
    ['a slug with capitals', { ...course, slug: 'Bread' }, 400, 'invalid_request'],
    ['a field of the server’s', { ...course, ownerId: UNKNOWN }, 400, 'invalid_request'],
    ['an unknown field inside', { ...course, price: { amount: 5, currency: 'USD', x: 1 } }, 400, 'invalid_request'],
    ['prototype pollution', '{"title":"X","category":"cooking","__proto__":{"x":1}}', 400, 'malformed_json'],
    ['an oversize body', { ...course, subtitle: 'x'.repeat(1_100_000) }, 413, 'body_too_large'],
  ])('%s', async (_name, body, status, code) => {
    await expectRefusal('POST', '/v1/courses', body, status, code);
  });

  it.each([
    ['PATCH', `/v1/courses/${UNKNOWN}`, { title: 'X' }, 404, 'course_not_found'],
    ['POST', `/v1/courses/${UNKNOWN}/publish`, undefined, 404, 'course_not_found'],
    ['PATCH', `/v1/modules/${UNKNOWN}`, { title: 'X' }, 404, 'module_not_found'],
    ['POST', `/v1/modules/${UNKNOWN}/lessons`, { title: 'X' }, 404, 'module_not_found'],
    ['PATCH', `/v1/lessons/${UNKNOWN}`, { title: 'X' }, 404, 'lesson_not_found'],
    ['DELETE', `/v1/lessons/${UNKNOWN}`, undefined, 404, 'lesson_not_found'],
    ['GET', `/v1/studio/courses/${UNKNOWN}`, undefined, 404, 'course_not_found'],
    ['GET', `/v1/studio/courses/${UNKNOWN}/revisions`, undefined, 404, 'course_not_found'],
    ['PATCH', '/v1/courses/1%27%20or%201=1', { title: 'X' }, 400, 'invalid_request'],
    ['PATCH', `/v1/courses/${UNKNOWN}`, {}, 400, 'invalid_request'],
    ['GET', '/v1/studio/courses?cursor=nonsense', undefined, 400, 'invalid_cursor'],
    ['GET', '/v1/studio/courses?cursor=Jycg', undefined, 400, 'invalid_cursor'],
    ['GET', '/v1/studio/courses?limit=0', undefined, 400, 'invalid_request'],
    ['GET', '/v1/studio/courses?limit=ten', undefined, 400, 'invalid_request'],
    ['GET', '/v1/studio/courses?offset=10', undefined, 400, 'invalid_request'],
    ['GET', '/v1/courses', undefined, 404, 'not_found'],
  ])('%s %s', async (method, url, body, status, code) => {
    await expectRefusal(method, url, body, status, code);
  });

  const markdown: [string, string][] = [
    ['Text.\n\n<script>alert(1)</script>', 'html_not_allowed'],
    ['Some <b>bold</b>', 'html_not_allowed'],
    ['[x](javascript:alert(1))', 'link_not_allowed'],
    ['![x](data:text/html,x)', 'link_not_allowed'],
    ['https://evil.example/embed/1', 'embed_not_allowed'],
    ['https://www.youtube.com.evil.example/watch?v=rAl-9HwD858', 'embed_not_allowed'],
  ];
  it.each(markdown)('the Markdown %j, wherever it is sent', async (source, code) => {
    const requests: [string, string, string, object][] = [
      ['POST', '/v1/courses', 'descriptionMd', course],
      ['PATCH', `/v1/courses/${draft.id}`, 'descriptionMd', {}],
      ['POST', `/v1/modules/${draft.moduleId}/lessons`, 'bodyMd', { title: 'X' }],
      ['PATCH', `/v1/lessons/${draft.lessonId}`, 'bodyMd', {}],
      ['POST', '/v1/studio/preview', 'markdown', {}],
    ];
    for (const [method, url, field, body] of requests) {
      const answer = await expectRefusal(method, url, { ...body, [field]: source }, 422, code);
      expect(answer.body.errors[0]).toMatchObject({ path: `body/${field}`, code, line: expect.any(Number) });
    }
  });

  it('a token that is forged, unsigned, or somebody else’s kind of authorization', async () => {
    const [header, payload] = teacher.token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    const forged = `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`;
    for (const authorization of [`Bearer ${unsigned}`, `Bearer ${forged}`, 'Bearer x', 'Basic eDp5']) {
      const answer = await harness.send('GET', '/v1/studio/courses', { headers: { authorization } });
      expect(answer.body).toMatchObject({ status: 401, code: 'invalid_token' });
    }
  });
});
