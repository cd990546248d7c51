/** What readers can see of a course; null: it is not published. */
export type CourseState = { courseId: string; title: string; lessonId: string; lessonTitle: string } | null;

/** Every state that what stands under a slug was in, or may have been in, in their order. */
export class CourseHistory {
  readonly #states: CourseState[] = [];

  /** Before the commit: whoever reads may see it before its writer hears. Answers its place. */
  attempt(state: CourseState): number {
    this.#states.push(state);
    return this.#states.length - 1;
  }

  /** From a place on, as of now. */
  since(place: number): readonly CourseState[] {
    return this.#states.slice(place);
  }
}

/** A command that was acknowledged, and what readers who name its position may see. */
export interface Acknowledged {
  /** Trace context that the rows of the command carry. */
  command: string;
  /** Rows that it appended to the outbox. */
  rows: number;
  position: string;
  /** Of the course that stood under the slug, or was taken away from there. */
  courseId: string;
  slug: string;
  teacherId: string;
  /** A word that is found in no other course. */
  word: string;
  lessonId: string | null;
  /** The state that it left the course in, and every later one that may have been committed by now. */
  states(): readonly CourseState[];
}
