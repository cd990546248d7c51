import { createDraft, type DraftCourse, type Harness, type Person, type SendOptions } from '../harness.ts';
import type { Actor } from '@eduplatform/local/testing/authorization/actors';

export interface World {
  harness: Harness;
  people: Record<Actor, Person | null>;
  /** Somebody else, who has what is foreign to every actor. */
  stranger: Person;
  /** A draft of whoever is named; the enrolled student is enrolled in it. */
  draft(holder: Person): Promise<DraftCourse>;
  /** The same, published. */
  liveCourse(holder: Person): Promise<DraftCourse>;
  /** Everybody is again what they were: who applies as a teacher is one at once. */
  restoreRoles(): Promise<unknown>;
}

/** One request of an actor: where to, and what with. */
export interface Attempt extends SendOptions {
  url: string;
}

export async function createWorld(harness: Harness): Promise<World> {
  const { pool, person } = harness;
  const suspendedUser = await person('teacher');
  await pool.query(`update users set suspended_at = now(), suspension_reason = 'spam' where id = $1`, [
    suspendedUser.id,
  ]);
  const student = await person('student');
  const enrolledStudent = await person('student');
  const maker = await person('teacher');

  /** Made by a teacher who may, then handed over, so that also those have objects who may not make any. */
  const handOver = async (course: DraftCourse, holder: Person): Promise<DraftCourse> => {
    await pool.query('update courses set owner_id = $2 where id = $1', [course.id, holder.id]);
    return course;
  };
  return {
    harness,
    people: {
      anonymous: null,
      student,
      enrolledStudent,
      otherTeacher: await person('teacher'),
      owner: await person('teacher'),
      unverifiedTeacher: await person('teacher', 'Somebody', false),
      suspendedUser,
      admin: await person('admin'),
    },
    stranger: await person('teacher'),
    restoreRoles: () =>
      pool.query(`update users set role = 'student' where id = any($1)`, [[student.id, enrolledStudent.id]]),
    draft: async (holder) => handOver(await createDraft(harness, maker), holder),
    async liveCourse(holder) {
      const course = await createDraft(harness, maker);
      const { id, version } = course;
      const published = await harness.send('POST', `/v1/courses/${id}/publish`, { as: maker, version });
      if (published.status !== 200) throw new Error(`the course was not published: ${published.text}`);
      await pool.query('insert into enrollments (user_id, course_id) values ($1, $2)', [enrolledStudent.id, id]);
      return handOver({ ...course, version: Number(published.body.version) }, holder);
    },
  };
}
