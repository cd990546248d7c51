import type { Queryable } from '@eduplatform/db/transaction';
import { hashPassword } from '@eduplatform/write-api/auth/passwords';
import { categories } from './categories.ts';
import type { CourseSource, TeacherSource } from './course-source.ts';
import { DEMO_LOGINS, DEMO_PASSWORD } from './demo-logins.ts';

/** No password has this hash: the generated teachers cannot sign in. */
const NO_PASSWORD = '!';

const UPSERT_CATEGORIES = `
  insert into categories (slug, name_en, name_ru, hue, motif, sort_order)
  select slug, "nameEn", "nameRu", hue, motif, row_number() over ()
  from jsonb_to_recordset($1::jsonb) as c (slug text, "nameEn" text, "nameRu" text, hue smallint, motif text)
  on conflict (slug) do nothing`;

const UPSERT_USERS = `
  insert into users (email, name, bio, role, password_hash, is_verified, is_demo)
  select email, name, bio, role, "passwordHash", role <> 'student', true
  from jsonb_to_recordset($1::jsonb) as u (email citext, name text, bio text, role text, "passwordHash" text)
  on conflict (email) do nothing`;

export const insertCategories = (db: Queryable) => db.query(UPSERT_CATEGORIES, [JSON.stringify(categories)]);

/** Inserts the demo logins and the teachers of the courses; answers the id of each teacher by email. */
export async function insertPeople(db: Queryable, sources: CourseSource[]): Promise<Map<string, string>> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const teachers = new Map<string, TeacherSource>(sources.map(({ teacher }) => [teacher.email, teacher]));
  const logins = DEMO_LOGINS.map((login) => ({ bio: '', ...teachers.get(login.email), ...login, passwordHash }));
  for (const { email } of logins) teachers.delete(email);
  const others = [...teachers.values()].map((teacher) => ({ ...teacher, role: 'teacher', passwordHash: NO_PASSWORD }));
  await db.query(UPSERT_USERS, [JSON.stringify([...logins, ...others])]);
  const { rows } = await db.query<{ id: string; email: string }>('select id, email from users where is_demo');
  return new Map(rows.map(({ id, email }) => [email, id]));
}
