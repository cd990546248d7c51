import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { CourseRevision } from '@eduplatform/contracts/revision';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { transaction, type Tx } from '@eduplatform/db/transaction';
import {
  published,
  renameLesson,
  storeRevision,
  testContent,
  testLesson,
} from '@eduplatform/indexer/test/support/courses';
import { registerTeacher } from './register-teacher.ts';
import { CourseHistory, type Acknowledged, type CourseState } from './course-history.ts';

const PUBLISHED_AT = '2026-01-01T00:00:00.000Z';
const COURSES = 12;
/** As many as the page of a teacher shows. */
const COURSES_OF_TEACHER = 20;

/** What stands under a slug; created anew after a deletion, it has another id. */
interface Course {
  id: string;
  slug: string;
  teacherId: string;
  word: string;
  history: CourseHistory;
  revision: number;
  /** Null: it is not there. */
  content: CourseRevision | null;
  isLive: boolean;
}

/** What a command does to a course. */
type Next = Pick<Course, 'id' | 'revision' | 'content' | 'isLive'>;

export interface WriterOptions {
  pool: pg.Pool;
  random: () => number;
  /** Rings after a commit. */
  wake: () => void;
  /** Told of each command when it is acknowledged. */
  onAcknowledged: (acknowledged: Acknowledged) => void;
}

/** One client: commands on courses of its own, one after another, with a memory of what was acknowledged. */
export class Writer {
  readonly #options: WriterOptions;
  #courses: Course[] = [];
  #teacher = { id: '', courses: COURSES_OF_TEACHER };
  #titles = 0;
  acknowledged: Acknowledged[] = [];

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** What every course has to be in Postgres: the title of its live revision, or null. */
  expected(): Map<string, string | null> {
    return new Map(this.#courses.map((course) => [course.id, stateOf(course)?.title ?? null]));
  }

  /** What was acknowledged is void: the database is another one. */
  forget(): void {
    this.#courses = [];
    this.acknowledged = [];
    this.#teacher = { id: '', courses: COURSES_OF_TEACHER };
  }

  /** One command. What became of one that failed is not known, so its course is left alone from then on. */
  async step(): Promise<void> {
    const { pool, wake, onAcknowledged } = this.#options;
    let course: Course | undefined;
    try {
      const chosen = (course = await this.#choose());
      const command = `00-${createHash('md5').update(randomUUID()).digest('hex')}-00f067aa0ba902b7-01`;
      const { place, rows, position, next } = await transaction(pool, async (tx) => {
        const done = await this.#act(tx, chosen);
        const at = await appendToOutbox(tx, done.events, command);
        return {
          ...{ rows: done.events.length, position: at, next: done.next },
          place: chosen.history.attempt(stateOf(done.next)),
        };
      });
      const { id: courseId, slug, teacherId, word, history } = Object.assign(chosen, next);
      const acknowledged: Acknowledged = {
        ...{ command, rows, position, courseId, slug, teacherId, word, lessonId: stateOf(next)?.lessonId ?? null },
        states: () => history.since(place),
      };
      this.acknowledged.push(acknowledged);
      onAcknowledged(acknowledged);
      wake();
    } catch {
      this.#courses = this.#courses.filter((each) => each !== course);
    }
  }

  async #choose(): Promise<Course> {
    const found = this.#courses[Math.floor(this.#options.random() * COURSES)];
    if (found) return found;
    if (this.#teacher.courses >= COURSES_OF_TEACHER) {
      this.#teacher = { id: await registerTeacher(this.#options.pool), courses: 0 };
    }
    this.#teacher.courses += 1;
    const id = randomUUID();
    const nothing = { revision: 0, content: null, isLive: false };
    const course: Course = {
      ...{ id, slug: `course-${id}` },
      teacherId: this.#teacher.id,
      word: wordOf(id),
      history: new CourseHistory(),
      ...nothing,
    };
    this.#courses.push(course);
    return course;
  }

  async #act(tx: Tx, course: Course): Promise<{ events: OutboxEvent[]; next: Next }> {
    const { id, teacherId, content, isLive } = course;
    const dice = this.#options.random();
    if (content === null) return this.#create(tx, { ...course, id: randomUUID() });
    if (isLive && dice < 0.12) return unpublish(tx, course);
    if (dice < 0.22) return remove(tx, course, content);
    if (dice < 0.3) {
      // Another one takes its slug in the same breath.
      const removed = await remove(tx, course, content);
      const created = await this.#create(tx, { ...course, id: randomUUID() });
      return { events: [...removed.events, ...created.events], next: created.next };
    }
    const edited = this.#edited(content);
    const revision = course.revision + 1;
    await storeRevision(tx, id, revision, teacherId, edited);
    const events = [published(id, revision, isLive ? course.revision : null)];
    return { events, next: { id, revision, content: edited, isLive: true } };
  }

  async #create(tx: Tx, { id, slug, teacherId, word }: Course): Promise<{ events: OutboxEvent[]; next: Next }> {
    const lessons = [testLesson(this.#title()), testLesson('Two')];
    const content = { ...testContent(lessons, { title: this.#title() }), subtitle: word };
    await tx.query(
      `insert into courses (id, owner_id, slug, title, category_slug, first_published_at, published_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [id, teacherId, slug, content.title, content.category, PUBLISHED_AT],
    );
    await storeRevision(tx, id, 1, teacherId, content);
    return { events: [published(id, 1, null)], next: { id, revision: 1, content, isLive: true } };
  }

  #edited(content: CourseRevision): CourseRevision {
    const lesson = content.modules[0]?.lessons[0]?.id ?? '';
    const renamed = renameLesson(content, lesson, this.#title());
    return this.#options.random() < 0.5 ? renamed : { ...renamed, title: this.#title() };
  }

  /** No two of a writer's are the same. */
  #title(): string {
    this.#titles += 1;
    return `Title ${this.#titles}`;
  }
}

async function unpublish(tx: Tx, { id, revision, content }: Course): Promise<{ events: OutboxEvent[]; next: Next }> {
  await tx.query('update courses set live_revision = null where id = $1', [id]);
  await tx.query('delete from live_lessons where course_id = $1', [id]);
  const event = { type: 'course.unpublished' as const, payload: { courseId: id, revision } };
  return { events: [{ ...about(id), ...event }], next: { id, revision, content, isLive: false } };
}

async function remove(
  tx: Tx,
  { id, slug, teacherId }: Course,
  content: CourseRevision,
): Promise<{ events: OutboxEvent[]; next: Next }> {
  await tx.query('update courses set live_revision = null where id = $1', [id]);
  await tx.query('delete from courses where id = $1', [id]);
  const lessonIds = content.modules.flatMap(({ lessons }) => lessons.map((lesson) => lesson.id));
  const payload = { courseId: id, ownerId: teacherId, lessonIds, slug };
  return {
    events: [{ ...about(id), type: 'course.deleted', payload }],
    next: { id, revision: 0, content: null, isLive: false },
  };
}

function stateOf({ id, content, isLive }: Next): CourseState {
  const [lesson] = content?.modules[0]?.lessons ?? [];
  if (!isLive || !content || !lesson) return null;
  return { courseId: id, title: content.title, lessonId: lesson.id, lessonTitle: lesson.title };
}

const about = (id: string) => ({ aggregateType: 'course' as const, aggregateId: id, aggregateVersion: 1 });

const A = 'a'.charCodeAt(0);

/** Of letters alone, so that a search for it finds nothing that is merely like it. */
const wordOf = (id: string): string =>
  [...createHash('md5').update(id).digest()].map((byte) => String.fromCharCode(A + (byte % 26))).join('');
