import { setTimeout as delay } from 'node:timers/promises';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { DEMO_LOGINS, DEMO_PASSWORD } from '@eduplatform/seed/demo-logins';

/** A lesson that is renamed, with the course that it is published with. */
export interface Target {
  lessonId: string;
  courseId: string;
  title: string;
  version: number;
}

/** A publish that the write API confirmed. */
export interface Publish {
  lessonId: string;
  /** The new title ends with it, and nothing else has it. */
  word: string;
  position: string;
}

const FIRST_LESSONS = `
  select distinct on (c.id) l.id as "lessonId", c.id as "courseId", l.title, c.version::int as version
  from courses c join modules m on m.course_id = c.id join lessons l on l.module_id = m.id
  where c.live_revision is not null
  order by c.id, m.sort_order, l.sort_order`;

export const findTargets = (databaseUrl: string): Promise<Target[]> =>
  withPostgres(databaseUrl, async (client) => (await client.query<Target>(FIRST_LESSONS)).rows);

/** An access token of the demo's admin, who may edit every course. */
export async function signIn(writeApiUrl: string): Promise<string> {
  const admin = DEMO_LOGINS.find(({ role }) => role === 'admin');
  const response = await fetch(`${writeApiUrl}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: admin?.email, password: DEMO_PASSWORD }),
  });
  if (!response.ok) throw new Error(`signing in answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { accessToken: string }).accessToken;
}

export interface LoadOptions {
  writeApiUrl: string;
  token: string;
  targets: Target[];
  perSecond: number;
  seconds: number;
  onPublish: (publish: Publish) => void;
}

/**
 * Renames a lesson and publishes its course so many times a second, whether the earlier ones are done or not: a slow
 * system does not get less to do. Rejects with the first failure.
 */
export async function publishAtRate(options: LoadOptions): Promise<void> {
  const { targets, perSecond, seconds } = options;
  if (targets.length < perSecond * 5) throw new Error(`${targets.length} courses are too few`);
  const started = performance.now();
  const underWay: Promise<void>[] = [];
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
  };
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const due = started + (count * 1000) / perSecond;
    await delay(Math.max(0, due - performance.now()));
    const target = targets[count % targets.length];
    if (target) underWay.push(renameAndPublish(options, target, `fresh${wordOf(count)}`).catch(fail));
    if (failure) break;
  }
  await Promise.all(underWay);
  if (failure) throw failure;
}

/** Letters that no two counts share; digits would be split off as a word of their own. */
const wordOf = (count: number): string =>
  [...String(count).padStart(5, '0')].map((digit) => 'bcdfghjklm'[Number(digit)] ?? '').join('');

async function renameAndPublish(options: LoadOptions, target: Target, word: string): Promise<void> {
  const { writeApiUrl } = options;
  const title = `${target.title.slice(0, 120)} ${word}`;
  const rename = await command(options, 'PATCH', `${writeApiUrl}/v1/lessons/${target.lessonId}`, target, { title });
  target.version = rename.version;
  const publish = await command(options, 'POST', `${writeApiUrl}/v1/courses/${target.courseId}/publish`, target);
  target.version = publish.version;
  options.onPublish({ lessonId: target.lessonId, word, position: publish.position });
}

async function command(
  { token }: LoadOptions,
  method: string,
  url: string,
  { version }: Target,
  body?: object,
): Promise<{ version: number; position: string }> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'if-match': `"${version}"`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  const answer = JSON.parse(text) as { version: number };
  return { version: answer.version, position: response.headers.get('x-outbox-position') ?? '' };
}
