import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { CourseRevision } from '@eduplatform/contracts/revision';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import { renameLesson, storeRevision, testContent, testLesson } from '@eduplatform/indexer/test/support/courses';

const PUBLISHED_AT = '2026-01-01T00:00:00.000Z';
const COURSES = 12;

interface Course {
  id: string;
  revision: number;
  /** Null: it is not there; 'hidden': nothing is published. */
  content: CourseRevision | null;
  isLive: boolean;
}

/** What was acknowledged: a command's own number is in its outbox row. */
export interface Acknowledged {
  command: string;
  position: string;
}

/** One client: commands on courses of its own, one after another, with a memory of what was acknowledged. */
export class Writer {
  readonly #pool: pg.Pool;
  readonly #teacher: string;
  readonly #random: () => number;
  readonly #wake: () => void;
  #courses: Course[] = [];
  acknowledged: Acknowledged[] = [];
  failures = 0;

  constructor(options: { pool: pg.Pool; teacher: string; random: () => number; wake: () => void }) {
    this.#pool = options.pool;
    this.#teacher = options.teacher;
    this.#random = options.random;
    this.#wake = options.wake;
  }

  /** What every course has to be in Postgres: the title of its live revision, or null. */
  expected(): Map<string, string | null> {
    return new Map(this.#courses.map(({ id, content, isLive }) => [id, isLive ? (content?.title ?? null) : null]));
  }

  /** What was acknowledged is void: the database is another one. */
  forget(): void {
    this.#courses = [];
    this.acknowledged = [];
  }

  /** One command. What became of one that failed is not known, so its course is left alone from then on. */
  async step(): Promise<void> {
    const course = this.#choose();
    const command = `00-${createHash('md5').update(randomUUID()).digest('hex')}-00f067aa0ba902b7-01`;
    try {
      const { position, next } = await transaction(this.#pool, (tx) => this.#act(tx, course, command));
      Object.assign(course, next);
      this.acknowledged.push({ command, position });
      this.#wake();
    } catch {
      this.failures += 1;
      this.#courses = this.#courses.filter((each) => each !== course);
    }
  }

  #choose(): Course {
    const index = Math.floor(this.#random() * COURSES);
    const found = this.#courses[index];
    if (found) return found;
    const course: Course = { id: randomUUID(), revision: 0, content: null, isLive: false };
    this.#courses.push(course);
    return course;
  }

  async #act(tx: Tx, course: Course, command: string): Promise<{ position: string; next: Partial<Course> }> {
    const dice = this.#random();
    if (course.content === null) return this.#create(tx, course, command);
    if (course.isLive && dice < 0.12) return this.#unpublish(tx, course, command);
    if (dice < 0.22) return this.#delete(tx, course, course.content, command);
    if (dice < 0.3) {
      // Created anew under the same id in the same breath.
      await this.#delete(tx, course, course.content, command);
      return this.#create(tx, course, command);
    }
    const content = this.#edited(course.content);
    const revision = course.revision + 1;
    await storeRevision(tx, course.id, revision, this.#teacher, content);
    const payload = { courseId: course.id, revision, previousRevision: course.isLive ? course.revision : null };
    const position = await append(tx, course.id, { type: 'course.published', payload }, command);
    return { position, next: { revision, content, isLive: true } };
  }

  async #create(tx: Tx, { id }: Course, command: string): Promise<{ position: string; next: Partial<Course> }> {
    const content = testContent([testLesson('One'), testLesson('Two')], { title: title(this.#random) });
    await tx.query(
      `insert into courses (id, owner_id, slug, title, category_slug, first_published_at, published_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [id, this.#teacher, `course-${id}`, content.title, content.category, PUBLISHED_AT],
    );
    await storeRevision(tx, id, 1, this.#teacher, content);
    const payload = { courseId: id, revision: 1, previousRevision: null };
    const position = await append(tx, id, { type: 'course.published', payload }, command);
    return { position, next: { revision: 1, content, isLive: true } };
  }

  async #unpublish(tx: Tx, { id, revision }: Course, command: string) {
    await tx.query('update courses set live_revision = null where id = $1', [id]);
    await tx.query('delete from live_lessons where course_id = $1', [id]);
    const position = await append(tx, id, { type: 'course.unpublished', payload: { courseId: id, revision } }, command);
    return { position, next: { isLive: false } };
  }

  async #delete(tx: Tx, { id }: Course, content: CourseRevision, command: string) {
    await tx.query('update courses set live_revision = null where id = $1', [id]);
    await tx.query('delete from courses where id = $1', [id]);
    const lessonIds = content.modules.flatMap(({ lessons }) => lessons.map((lesson) => lesson.id));
    const payload = { courseId: id, ownerId: this.#teacher, lessonIds, slug: `course-${id}` };
    const position = await append(tx, id, { type: 'course.deleted', payload }, command);
    return { position, next: { revision: 0, content: null, isLive: false } };
  }

  #edited(content: CourseRevision): CourseRevision {
    const lesson = content.modules[0]?.lessons[0]?.id ?? '';
    const renamed = renameLesson(content, lesson, title(this.#random));
    return this.#random() < 0.5 ? renamed : { ...renamed, title: title(this.#random) };
  }
}

const title = (random: () => number): string => `Title ${Math.floor(random() * 1_000_000)}`;

type Event = Parameters<typeof appendToOutbox>[1][number] extends infer E
  ? E extends { type: infer T; payload: infer P }
    ? { type: T; payload: P }
    : never
  : never;

const append = (tx: Tx, id: string, event: Event, command: string): Promise<string> =>
  appendToOutbox(
    tx,
    [
      { aggregateType: 'course', aggregateId: id, aggregateVersion: 1, ...event } as Parameters<
        typeof appendToOutbox
      >[1][number],
    ],
    command,
  );
