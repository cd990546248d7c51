import { Type, type Static } from '@sinclair/typebox';

/** UUIDv7 everywhere that we mint one; readers accept any UUID in lower case. */
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
export const isUuid = (text: string): boolean => uuidMatcher.test(text);
const uuidMatcher = new RegExp(Uuid.pattern ?? '');

export const Slug = Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', minLength: 3, maxLength: 80 });
export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' });

/** Strings that people type: at least one character that is not white space, no control characters. */
export const text = (maxLength: number, description?: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^(?=[\\s\\S]*\\S)[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*$',
    ...(description && { description }),
  });

export const Money = Type.Object(
  {
    amount: Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'In minor units (cents, kopecks)' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
  },
  { $id: 'Money', additionalProperties: false },
);
export type Money = Static<typeof Money>;

export const LANGUAGES = ['en', 'ru'] as const;
export const Language = Type.Union([Type.Literal('en'), Type.Literal('ru')], { $id: 'Language' });
export type Language = Static<typeof Language>;

export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;
export const Level = Type.Union([Type.Literal('beginner'), Type.Literal('intermediate'), Type.Literal('advanced')], {
  $id: 'Level',
});
export type Level = Static<typeof Level>;

export const ROLES = ['student', 'teacher', 'admin'] as const;
export const Role = Type.Union([Type.Literal('student'), Type.Literal('teacher'), Type.Literal('admin')], {
  $id: 'Role',
});
export type Role = Static<typeof Role>;

/** Who may open a lesson: anyone (free course), anyone (free preview in a paid course), or buyers and the owner. */
export const LessonAccess = Type.Union([Type.Literal('free'), Type.Literal('preview'), Type.Literal('paid')], {
  $id: 'LessonAccess',
});
export type LessonAccess = Static<typeof LessonAccess>;

/** What may be absent. */
export const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
