import { all, type Outcomes } from '@eduplatform/local/testing/authorization/actors';
import { positionAt } from '../support/courses.ts';
import { members, readers } from './actors.ts';
import type { Holder, SecretKind } from './holder.ts';

interface About {
  url: (holder: Holder) => string;
  /** What private text of the holder's the answer shows, to those who may see it. */
  shows?: SecretKind[];
}
export type Expectation = About & ({ any: Outcomes } | { own: Outcomes; foreign: Outcomes });

/** What is the same for everybody. */
const open = (url: string): Expectation => ({ url: () => url, any: all('ok') });
/** What everybody may see of an object. */
const shown = (url: About['url'], ...shows: SecretKind[]): Expectation => ({
  ...{ url, shows },
  ...{ own: all('ok'), foreign: all('ok') },
});
/** What one has oneself, of which no other person is even named. */
const mine = (url: string, ...shows: SecretKind[]): Expectation => ({ url: () => url, shows, any: members('ok') });
/** What is named, and only its holder may see. */
const held = (url: About['url'], refusal: 'ok' | number, ...shows: SecretKind[]): Expectation => ({
  ...{ url, shows },
  ...{ own: members('ok'), foreign: members(refusal) },
});

export const STREAM = '/v1/notifications/me/stream';

export const EXPECTATIONS: Record<string, Expectation> = {
  'GET /v1/categories': open('/v1/categories'),
  'GET /v1/courses': open('/v1/courses?limit=100'),
  'GET /v1/courses/:idOrSlug': shown(({ taught }) => `/v1/courses/${taught.slug}`),
  'GET /v1/courses/:idOrSlug/curriculum': shown(({ taught }) => `/v1/courses/${taught.id}/curriculum`),
  'GET /v1/enrollments/count': shown(({ taught }) => `/v1/enrollments/count?courseId=${taught.id}`),
  'GET /v1/lessons/:id': shown(({ lesson }) => `/v1/lessons/${lesson.id}`, 'lesson'),
  'GET /v1/search': shown(({ clue }) => `/v1/search?q=${clue}`, 'lesson'),
  'GET /v1/teachers/:id': shown(({ id }) => `/v1/teachers/${id}`),
  'GET /v1/reviews/course/:courseId': shown(({ studied }) => `/v1/reviews/course/${studied.id}`),
  'GET /v1/certificates/:code': shown(({ certificateCode }) => `/v1/certificates/${certificateCode}`),
  'GET /v1/positions/:position': open(`/v1/positions/${positionAt(1)}?timeoutMs=0`),

  'GET /v1/me': mine('/v1/me', 'account'),
  'GET /v1/me/courses': mine('/v1/me/courses', 'enrollment'),
  'GET /v1/enrollments/me': mine('/v1/enrollments/me', 'enrollment'),
  'GET /v1/payments/me': mine('/v1/payments/me', 'payment'),
  'GET /v1/favorites/me': mine('/v1/favorites/me', 'favorite'),
  'GET /v1/notifications/me': mine('/v1/notifications/me', 'notification'),
  [`GET ${STREAM}`]: mine(STREAM, 'notification'),
  'GET /v1/courses/my': mine('/v1/courses/my'),

  'GET /v1/payments/:id': held(({ paymentId }) => `/v1/payments/${paymentId}`, 404, 'payment'),
  'GET /v1/progress/courses/:courseId': held(({ studied }) => `/v1/progress/courses/${studied.id}`, 403, 'progress'),
  'GET /v1/courses/:courseId/reviews/me': held(({ studied }) => `/v1/courses/${studied.id}/reviews/me`, 404, 'review'),
  // Everybody stands somehow to a course, and may have a note of their own on a lesson.
  'GET /v1/courses/:courseId/standing': held(({ studied }) => `/v1/courses/${studied.id}/standing`, 'ok', 'progress'),
  'GET /v1/lessons/:id/notes/me': held(({ studiedLesson }) => `/v1/lessons/${studiedLesson.id}/notes/me`, 'ok', 'note'),
  'GET /v1/lessons/:id/questions': {
    ...{ url: ({ lesson }) => `/v1/lessons/${lesson.id}/questions`, shows: ['question'] },
    ...{ own: members('ok'), foreign: readers(403) },
  },
};
