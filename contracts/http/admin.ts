import { Type, type Static } from '@sinclair/typebox';
import { ApplicationStatus } from '../people.ts';
import { Role, text, Timestamp, Uuid } from '../primitives.ts';

/** Bodies and answers of applying as a teacher and of what admins do. */

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T, $id: string) =>
  Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) }, { $id });

export const TeacherApplicationBody = Type.Object(
  {
    bio: text(2000, 'What you teach and why you'),
    links: Type.Optional(
      Type.Array(Type.String({ format: 'uri', pattern: '^https://', maxLength: 500 }), {
        maxItems: 5,
        description: 'Evidence: pages of yours',
      }),
    ),
  },
  { additionalProperties: false, $id: 'TeacherApplicationBody' },
);
export type TeacherApplicationBody = Static<typeof TeacherApplicationBody>;

export const TeacherApplicationResult = Type.Object(
  { applicationId: Uuid, status: ApplicationStatus, userId: Uuid },
  { $id: 'TeacherApplicationResult' },
);
export type TeacherApplicationResult = Static<typeof TeacherApplicationResult>;

/** A teacher with their last application. Teachers who never applied have none. */
export const AdminTeacher = Type.Object(
  {
    userId: Uuid,
    name: Type.String(),
    email: Type.String(),
    isVerified: Type.Boolean(),
    courseCount: Type.Integer({ description: 'Drafts and published courses' }),
    application: nullable(
      Type.Object({
        id: Uuid,
        status: ApplicationStatus,
        bio: Type.String(),
        links: Type.Array(Type.String()),
        reason: nullable(Type.String()),
        createdAt: Timestamp,
        decidedAt: nullable(Timestamp),
      }),
    ),
  },
  { $id: 'AdminTeacher' },
);
export type AdminTeacher = Static<typeof AdminTeacher>;
export const AdminTeacherList = pageOf(AdminTeacher, 'AdminTeacherList');
export type AdminTeacherList = Static<typeof AdminTeacherList>;

export const ReasonBody = Type.Object({ reason: text(1000) }, { additionalProperties: false, $id: 'ReasonBody' });

export const AdminUser = Type.Object(
  {
    id: Uuid,
    email: Type.String(),
    name: Type.String(),
    role: Role,
    isVerified: Type.Boolean(),
    suspendedAt: nullable(Timestamp),
    suspensionReason: nullable(Type.String()),
    createdAt: Timestamp,
  },
  { $id: 'AdminUser' },
);
export type AdminUser = Static<typeof AdminUser>;
export const AdminUserList = pageOf(AdminUser, 'AdminUserList');
export type AdminUserList = Static<typeof AdminUserList>;

export const AnnouncementBody = Type.Object(
  {
    title: text(200),
    text: text(5000),
    link: Type.Optional(
      Type.String({
        pattern: '^/(?![/\\\\])[\\u0021-\\u007E]*$',
        maxLength: 300,
        description: 'Path of the storefront, without a language',
      }),
    ),
  },
  { additionalProperties: false, $id: 'AnnouncementBody' },
);
export type AnnouncementBody = Static<typeof AnnouncementBody>;
export const AnnouncementResult = Type.Object({ announcementId: Uuid }, { $id: 'AnnouncementResult' });
export type AnnouncementResult = Static<typeof AnnouncementResult>;

const AuditEntry = Type.Object(
  {
    id: Uuid,
    adminId: Uuid,
    adminName: Type.String(),
    action: Type.String({ description: '<subject>.<verb>, as in user.suspend' }),
    subjectType: Type.String(),
    subjectId: Type.String(),
    details: Type.Record(Type.String(), Type.Unknown(), { description: 'What was asked for' }),
    createdAt: Timestamp,
  },
  { $id: 'AuditEntry' },
);
export const AuditLog = pageOf(AuditEntry, 'AuditLog');
export type AuditLog = Static<typeof AuditLog>;
