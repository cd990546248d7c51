import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction, type Queryable, type Tx } from '@eduplatform/db/transaction';
import type pg from 'pg';
import { copyRows } from '../copy.ts';
import { insertUsers, NO_PASSWORD } from '../people.ts';
import { planLearning, type PlannedCourse } from './plan.ts';
import { addEnrollment, event, LEARNING_COLUMNS, noRows, type CourseNames, type LearningTable } from './rows.ts';
import { addSam, planSam } from './sam.ts';
import { demoStudents, type DemoStudent } from './students.ts';

const STUDENTS = `
  select id, name, language from users
  where is_demo and role = 'student' and password_hash = $1 order by email`;

interface StudentRow {
  id: string;
  name: string;
  language: 'en' | 'ru';
}

const COURSES = `
  select c.id, c.slug, c.title, c.language, c.price_amount as amount, c.price_currency as currency,
    c.first_published_at as "publishedAt", c.owner_id as "ownerId", u.name as "teacherName",
    array(select jsonb_path_query(r.content, '$.modules[*].lessons[*].id') #>> '{}') as "lessonIds"
  from courses c
  join users u on u.id = c.owner_id
  join course_revisions r on r.course_id = c.id and r.revision = c.live_revision
  where u.is_demo
  order by c.first_published_at desc, c.id`;

type CourseRow = Omit<PlannedCourse, 'price'> & CourseNames & { amount: number | null; currency: string | null };

/**
 * Enrolls the demo's students in its courses, with payments, progress, reviews and questions, in one transaction (some
 * thousand rows). Does nothing where that was done. The newest courses, the written ones, are the most popular.
 */
export async function seedLearning(pool: pg.Pool, now: Date): Promise<void> {
  await insertUsers(pool, demoStudents().map(asUser), now);
  await transaction(pool, async (tx) => {
    const { rows: done } = await tx.query<{ is_done: boolean }>('select exists (select from enrollments) as is_done');
    if (done[0]?.is_done) return;
    const { rows: students } = await tx.query<StudentRow>(STUDENTS, [NO_PASSWORD]);
    const { rows: found } = await tx.query<CourseRow>(COURSES);
    const courses = found.map(({ amount, currency, ...course }) => ({
      ...course,
      price: amount !== null && currency !== null ? { amount, currency } : null,
    }));
    const samId = await idOf(tx, 'student@eduplatform.com');
    const sam = samId === null ? [] : planSam(courses, samId, now);
    const plan = [...planLearning(courses, students, now), ...sam];
    const nextReceipt = await receiptNumbers(tx, plan.filter(({ course }) => course.price).length);
    const names = new Map<string, CourseNames>(courses.map((course) => [course.id, course]));
    const studentNames = new Map(students.map(({ id, name }) => [id, name]));
    const data = noRows();
    // Everybody of the demo, also who was inserted with the courses.
    const { rows: people } = await tx.query<{ id: string }>('select id from users where is_demo order by id');
    for (const { id } of people) data.events.push(event('user', id, 'user.registered', { userId: id }));
    for (const planned of plan) {
      addEnrollment(data, planned, {
        names: nameOf(names, planned.course.id),
        studentName: studentNames.get(planned.student.id) ?? 'Sam Rivera',
        receiptNumber: nextReceipt,
      });
    }
    if (samId !== null) addSam(data, sam, { samId, courses, names, now });
    for (const table of Object.keys(LEARNING_COLUMNS) as LearningTable[]) {
      await copyRows(tx, table, [...LEARNING_COLUMNS[table]], data.rows[table]);
    }
    if (data.events.length > 0) await appendToOutbox(tx, data.events, null);
  });
}

const asUser = (student: DemoStudent) => ({ ...student, bio: '', role: 'student' as const, passwordHash: NO_PASSWORD });

async function idOf(db: Queryable, email: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>('select id from users where email = $1', [email]);
  return rows[0]?.id ?? null;
}

async function receiptNumbers(tx: Tx, count: number): Promise<() => number> {
  const { rows } = await tx.query<{ number: number }>(
    `select nextval('receipt_numbers')::int as number from generate_series(1, $1)`,
    [count],
  );
  const numbers = rows.map(({ number }) => number);
  return () => {
    const number = numbers.shift();
    if (number === undefined) throw new Error('there are more payments than receipt numbers');
    return number;
  };
}

function nameOf(names: Map<string, CourseNames>, courseId: string): CourseNames {
  const found = names.get(courseId);
  if (!found) throw new Error(`the course ${courseId} is not in the demo`);
  return found;
}
