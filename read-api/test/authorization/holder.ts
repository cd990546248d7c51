import { randomUUID } from 'node:crypto';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import type { DocumentChange } from '@eduplatform/contracts/document-change';
import type { Role } from '@eduplatform/contracts/primitives';
import { testCourse, testLesson, type TestCourse, type TestLesson } from '../support/courses.ts';
import * as written from '../support/learning.ts';

export type SecretKind =
  | 'lesson'
  | 'studiedLesson'
  | 'question'
  | 'account'
  | 'enrollment'
  | 'progress'
  | 'payment'
  | 'review'
  | 'notification'
  | 'favorite'
  | 'note';

/** Text that stands in one document, and nobody else's, and who may see it. */
export interface Secret {
  kind: SecretKind;
  text: string;
  readers: ReadonlySet<string>;
}

/** Somebody who has one of everything. */
export interface Holder {
  id: string;
  role: Role;
  /** A course with a price that they teach. */
  taught: TestCourse;
  lesson: TestLesson;
  /** A word that stands in the text of that lesson alone. */
  clue: string;
  /** A course with a price of somebody else's, which they and nobody else have bought. */
  studied: TestCourse;
  studiedLesson: TestLesson;
  paymentId: string;
  certificateCode: string;
  documents: DocumentChange[];
  secrets: Secret[];
}

const unique = (): string => randomUUID().replaceAll('-', '');
const PRICE = { amount: 4900, currency: 'EUR' as const };

/** @param graduates who are enrolled in everything that is taught. @param admins who may read every lesson. */
export function createHolder(
  id: string,
  role: Role,
  { graduates, admins }: Record<'graduates' | 'admins', string[]>,
): Holder {
  const secrets: Secret[] = [];
  const secret = (kind: SecretKind, readers: string[] = [], text = `secret${kind}${unique()}`): string => {
    secrets.push({ kind, text, readers: new Set([id, ...readers]) });
    return text;
  };
  const paidLesson = (text: string): TestLesson =>
    testLesson({ access: 'paid', sections: [{ heading: 'Glazing', anchor: 'glazing', text }] });
  const clue = `clue${unique()}`;
  const lesson = paidLesson(`${clue} ${secret('lesson', [...graduates, ...admins])}`);
  const studiedLesson = paidLesson(secret('studiedLesson', admins));
  secret('progress', [], `"${studiedLesson.id}":42`);
  const favoredAt = secret('favorite', [], written.at(Math.floor(Math.random() * 1e6) / 1000));
  const taught = testCourse({ ownerId: id, lessons: [lesson], price: PRICE });
  const studied = testCourse({ lessons: [studiedLesson], price: PRICE });
  const [paymentId, certificateCode] = [randomUUID(), unique().slice(0, 16).toUpperCase()];
  const me = {
    ...{ id, email: `${secret('account')}@example.test`, isEmailVerified: true, name: 'Somebody', bio: '', role },
    ...{ isVerified: false, language: 'en', emailPreference: 'all', teacherApplication: null },
  };
  const profile = { id, name: 'Somebody', bio: '', isVerified: false, courseCount: 1, studentCount: 1, rating: null };
  const certificate = {
    ...{ code: certificateCode, studentName: 'Somebody', courseId: studied.id, courseTitle: studied.title },
    ...{ teacherName: 'Ada Example', completedAt: written.at(9) },
  };
  return {
    ...{ id, role, taught, lesson, clue, studied, studiedLesson, paymentId, certificateCode, secrets },
    documents: [
      written.document(documentKeys.me(id), me),
      written.document(documentKeys.teacher(id), profile),
      written.document(documentKeys.certificate(certificateCode), certificate),
      ...graduates.map((student) => written.learning(student, taught)),
      written.learning(id, { id: studied.id, title: secret('enrollment') }, { positions: { [studiedLesson.id]: 42 } }),
      written.payment(id, { id: paymentId, courseTitle: secret('payment') }),
      written.notification(id, { params: { text: secret('notification') } }),
      written.favorite(id, studied.id, favoredAt),
      written.note(id, studiedLesson.id, secret('note')),
      written.question(lesson.id, { title: secret('question', [...graduates, ...admins]) }),
      written.ownReview(id, studied.id, secret('review')),
    ],
  };
}
