import { Type, type Static } from '@sinclair/typebox';
import { CourseCard, Rating } from './documents.ts';
import { pageOf } from './pages.ts';
import { Language, nullable, Role, Timestamp, Uuid } from './primitives.ts';

/** What is kept and shown of people: of oneself, and of teachers. */

export const EmailPreference = Type.Union([Type.Literal('all'), Type.Literal('important'), Type.Literal('none')], {
  $id: 'EmailPreference',
  description: 'Which notifications are mailed; important: payments, refunds and decisions about the account',
});

export const ApplicationStatus = Type.Union(
  [Type.Literal('pending'), Type.Literal('verified'), Type.Literal('rejected')],
  { $id: 'ApplicationStatus' },
);

/** The signed-in person. Document `me:<userId>`. */
export const Me = Type.Object(
  {
    id: Uuid,
    email: Type.String(),
    isEmailVerified: Type.Boolean(),
    name: Type.String(),
    bio: Type.String(),
    role: Role,
    isVerified: Type.Boolean({ description: 'A teacher whom an admin verified: may publish' }),
    language: Language,
    emailPreference: EmailPreference,
    teacherApplication: nullable(
      Type.Object({ status: ApplicationStatus, reason: nullable(Type.String()), createdAt: Timestamp }),
    ),
  },
  { $id: 'Me' },
);
export type Me = Static<typeof Me>;

/** The public page of a teacher. Document `teacher:<userId>`; only of those with a published course or verified. */
export const TeacherProfile = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    bio: Type.String(),
    isVerified: Type.Boolean(),
    courseCount: Type.Integer(),
    studentCount: Type.Integer({ description: 'Enrollments in all of their published courses' }),
    rating: nullable(Rating),
  },
  { $id: 'TeacherProfile' },
);
export type TeacherProfile = Static<typeof TeacherProfile>;

/** Answer of GET /v1/teachers/:id: the profile with the first page of its courses. */
export const TeacherPage = Type.Composite([TeacherProfile, Type.Object({ courses: Type.Array(CourseCard) })], {
  $id: 'TeacherPage',
});

/** A course of the teacher who asks, with its live counts. */
export const MyTaughtCourse = Type.Composite([CourseCard, Type.Object({ studentCount: Type.Integer() })], {
  $id: 'MyTaughtCourse',
});
export const MyTaughtCoursePage = pageOf(MyTaughtCourse, 'MyTaughtCoursePage');
