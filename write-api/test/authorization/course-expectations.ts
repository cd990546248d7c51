import type { DraftCourse } from '../harness.ts';
import { members, teachers } from './actors.ts';
import type { Expectations, ObjectExpectation } from './expectation.ts';
import type { Attempt } from './world.ts';

/** Somebody else's draft does not exist for those who may have courses; admins may do everything. */
const drafts = (attempt: (course: DraftCourse) => Omit<Attempt, 'version'>): ObjectExpectation => ({
  attempt: async (world, holder) => {
    const course = await world.draft(holder);
    return { version: course.version, ...attempt(course) };
  },
  own: teachers('ok'),
  foreign: teachers(404, { admin: 'ok' }),
});

/** That a live course exists is known, so it is forbidden instead. */
const liveCourses = (attempt: (course: DraftCourse) => Attempt): ObjectExpectation => ({
  attempt: async (world, holder) => attempt(await world.liveCourse(holder)),
  own: teachers('ok'),
  foreign: teachers(403, { admin: 'ok' }),
});

export const courseExpectations: Expectations = {
  'POST /v1/courses': {
    attempt: () => ({ url: '/v1/courses', body: { title: 'Bread', category: 'cooking' } }),
    any: teachers('ok'),
  },
  'PATCH /v1/courses/:courseId': drafts(({ id }) => ({ url: `/v1/courses/${id}`, body: { title: 'Better bread' } })),
  'DELETE /v1/courses/:courseId': drafts(({ id }) => ({ url: `/v1/courses/${id}` })),
  'POST /v1/courses/:courseId/publish': {
    ...drafts(({ id }) => ({ url: `/v1/courses/${id}/publish` })),
    own: teachers('ok', { unverifiedTeacher: 403 }),
  },
  'POST /v1/courses/:courseId/unpublish': liveCourses(({ id, version }) => ({
    url: `/v1/courses/${id}/unpublish`,
    version,
  })),
  'PUT /v1/courses/:courseId': drafts(({ id }) => ({
    url: `/v1/courses/${id}`,
    body: {
      slug: `bread-${id}`,
      title: 'Bread',
      subtitle: '',
      descriptionMd: '',
      language: 'en',
      level: 'beginner',
      category: 'math',
      price: null,
      outcomes: [],
    },
  })),
  'POST /v1/courses/:courseId/archive': liveCourses(({ id, version }) => ({
    url: `/v1/courses/${id}/archive`,
    version,
  })),
  'POST /v1/courses/:courseId/unarchive': liveCourses(({ id, version }) => ({
    url: `/v1/courses/${id}/unarchive`,
    version,
  })),
  'POST /v1/courses/:courseId/revisions/:revision/restore': liveCourses(({ id, version }) => ({
    url: `/v1/courses/${id}/revisions/1/restore`,
    version,
  })),
  'GET /v1/studio/courses/:courseId/revisions/:revision': liveCourses(({ id }) => ({
    url: `/v1/studio/courses/${id}/revisions/1`,
  })),
  'GET /v1/studio/courses/:courseId/revisions/:revision/diff': liveCourses(({ id }) => ({
    url: `/v1/studio/courses/${id}/revisions/1/diff`,
  })),
  'GET /v1/studio/courses/:courseId/students': liveCourses(({ id }) => ({ url: `/v1/studio/courses/${id}/students` })),
  'POST /v1/courses/:courseId/modules': drafts(({ id }) => ({
    url: `/v1/courses/${id}/modules`,
    body: { title: 'Crust' },
  })),
  'PATCH /v1/modules/:moduleId': drafts(({ moduleId }) => ({
    url: `/v1/modules/${moduleId}`,
    body: { title: 'Crust' },
  })),
  'DELETE /v1/modules/:moduleId': drafts(({ moduleId }) => ({ url: `/v1/modules/${moduleId}` })),
  'POST /v1/modules/:moduleId/lessons': drafts(({ moduleId }) => ({
    url: `/v1/modules/${moduleId}/lessons`,
    body: { title: 'Proofing' },
  })),
  'PATCH /v1/lessons/:lessonId': drafts(({ lessonId }) => ({
    url: `/v1/lessons/${lessonId}`,
    body: { title: 'Rest' },
  })),
  'DELETE /v1/lessons/:lessonId': drafts(({ lessonId }) => ({ url: `/v1/lessons/${lessonId}` })),
  'PUT /v1/courses/:courseId/outline': drafts(({ id, moduleId, lessonId }) => ({
    url: `/v1/courses/${id}/outline`,
    body: { modules: [{ id: moduleId, lessonIds: [lessonId] }] },
  })),
  'GET /v1/studio/courses': { attempt: () => ({ url: '/v1/studio/courses' }), any: teachers('ok') },
  'GET /v1/studio/courses/:courseId': drafts(({ id }) => ({ url: `/v1/studio/courses/${id}` })),
  'GET /v1/studio/courses/:courseId/changes': drafts(({ id }) => ({ url: `/v1/studio/courses/${id}/changes` })),
  'GET /v1/studio/courses/:courseId/revisions': drafts(({ id }) => ({ url: `/v1/studio/courses/${id}/revisions` })),
  'POST /v1/studio/preview': {
    attempt: () => ({ url: '/v1/studio/preview', body: { markdown: '**bold**' } }),
    any: members('ok', { student: 403, enrolledStudent: 403 }),
  },
};
