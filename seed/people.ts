import type { Language, Role } from '@eduplatform/contracts/primitives';
import type { Queryable } from '@eduplatform/db/transaction';
import { hashPassword } from '@eduplatform/write-api/auth/passwords';
import { categories } from './categories.ts';
import type { CourseSource, TeacherSource } from './course-source.ts';
import { DEMO_LOGINS, DEMO_PASSWORD } from './demo-logins.ts';
import { seedId } from './seed-id.ts';

/** No password has this hash: who is only there to be seen cannot sign in. */
export const NO_PASSWORD = '!';
const DAY_MS = 86_400_000;
/** Before the load, so that everybody was there when the first course was written. */
const REGISTERED_DAYS = 800;

const UPSERT_CATEGORIES = `
  insert into categories (slug, name_en, name_ru, hue, motif, sort_order)
  select slug, "nameEn", "nameRu", hue, motif, row_number() over ()
  from jsonb_to_recordset($1::jsonb) as c (slug text, "nameEn" text, "nameRu" text, hue smallint, motif text)
  on conflict (slug) do nothing`;

const UPSERT_USERS = `
  insert into users (id, email, name, bio, role, language, password_hash, is_verified, is_demo, created_at)
  select id, email, name, bio, role, language, "passwordHash", role <> 'student', true, $2
  from jsonb_to_recordset($1::jsonb)
    as u (id uuid, email citext, name text, bio text, role text, language text, "passwordHash" text)
  on conflict (email) do nothing`;

interface DemoPerson {
  email: string;
  name: string;
  bio: string;
  role: Role;
  language: Language;
  passwordHash: string;
}

export const insertCategories = (db: Queryable) => db.query(UPSERT_CATEGORIES, [JSON.stringify(categories)]);

/** Inserts those who are not there yet, long before `now`; their ids follow from their addresses and that time. */
export async function insertUsers(db: Queryable, people: DemoPerson[], now: Date): Promise<void> {
  const registeredAt = new Date(now.getTime() - REGISTERED_DAYS * DAY_MS);
  const rows = people.map((person) => ({ ...person, id: seedId(person.email, registeredAt) }));
  await db.query(UPSERT_USERS, [JSON.stringify(rows), registeredAt]);
}

/** Inserts the demo logins and the teachers of the courses; answers the id of each teacher by email. */
export async function insertPeople(db: Queryable, sources: CourseSource[], now: Date): Promise<Map<string, string>> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const teachers = new Map<string, TeacherSource>(sources.map(({ teacher }) => [teacher.email, teacher]));
  const language: Language = 'en';
  const logins = DEMO_LOGINS.map((login) => ({
    ...{ bio: '', language, passwordHash },
    ...teachers.get(login.email),
    ...login,
  }));
  for (const { email } of logins) teachers.delete(email);
  const role: Role = 'teacher';
  const others = [...teachers.values()].map((teacher) => ({
    ...teacher,
    ...{ role, language, passwordHash: NO_PASSWORD },
  }));
  await insertUsers(db, [...logins, ...others], now);
  const { rows } = await db.query<{ id: string; email: string }>('select id, email from users where is_demo');
  return new Map(rows.map(({ id, email }) => [email, id]));
}
