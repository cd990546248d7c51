import { Type, type Static } from '@sinclair/typebox';
import { EmailPreference } from '../people.ts';
import { Language, Role, text, Timestamp, Uuid } from '../primitives.ts';

export const Email = Type.String({ format: 'email', maxLength: 254 });
export const Password = Type.String({ minLength: 10, maxLength: 200 });

export const RegisterBody = Type.Object(
  { email: Email, password: Password, name: text(100), language: Type.Optional(Language) },
  { additionalProperties: false, $id: 'RegisterBody' },
);
export const LoginBody = Type.Object(
  { email: Email, password: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false, $id: 'LoginBody' },
);
export const RefreshBody = Type.Object(
  { refreshToken: Type.String({ minLength: 20, maxLength: 200 }) },
  { additionalProperties: false, $id: 'RefreshBody' },
);

export const User = Type.Object({ id: Uuid, email: Email, name: Type.String(), role: Role }, { $id: 'User' });
export type User = Static<typeof User>;

export const Session = Type.Object(
  {
    user: User,
    accessToken: Type.String(),
    /** Seconds until the access token expires. */
    expiresIn: Type.Integer(),
    refreshToken: Type.String(),
  },
  { $id: 'Session' },
);
export type Session = Static<typeof Session>;

/** One sign-in of a user, on one device. */
const SessionSummary = Type.Object(
  {
    id: Uuid,
    createdAt: Timestamp,
    lastUsedAt: Timestamp,
    userAgent: Type.Union([Type.String(), Type.Null()]),
    isCurrent: Type.Boolean({ description: 'Whether the request belongs to it' }),
  },
  { $id: 'SessionSummary' },
);
export const SessionList = Type.Object(
  { items: Type.Array(SessionSummary), nextCursor: Type.Null() },
  { $id: 'SessionList' },
);
export type SessionList = Static<typeof SessionList>;

export const ChangePasswordBody = Type.Object(
  { currentPassword: Type.String({ minLength: 1, maxLength: 200 }), newPassword: Password },
  { additionalProperties: false, $id: 'ChangePasswordBody' },
);
export type ChangePasswordBody = Static<typeof ChangePasswordBody>;

/** What a mail carried in its link. */
const MailedToken = Type.String({ minLength: 20, maxLength: 200 });

export const RequestPasswordResetBody = Type.Object(
  { email: Email },
  { additionalProperties: false, $id: 'RequestPasswordResetBody' },
);
export const ConfirmPasswordResetBody = Type.Object(
  { token: MailedToken, newPassword: Password },
  { additionalProperties: false, $id: 'ConfirmPasswordResetBody' },
);
export type ConfirmPasswordResetBody = Static<typeof ConfirmPasswordResetBody>;
export const ConfirmEmailBody = Type.Object(
  { token: MailedToken },
  { additionalProperties: false, $id: 'ConfirmEmailBody' },
);

export const PatchProfileBody = Type.Object(
  {
    name: Type.Optional(text(100)),
    bio: Type.Optional(Type.String({ maxLength: 2000, pattern: '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F]*$' })),
    language: Type.Optional(Language),
    emailPreference: Type.Optional(EmailPreference),
  },
  { additionalProperties: false, minProperties: 1, $id: 'PatchProfileBody' },
);
export type PatchProfileBody = Static<typeof PatchProfileBody>;

export const UserCommandResult = Type.Object({ userId: Uuid, version: Type.Integer() }, { $id: 'UserCommandResult' });
export type UserCommandResult = Static<typeof UserCommandResult>;

export const DeleteAccountBody = Type.Object(
  { password: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false, $id: 'DeleteAccountBody' },
);
export type DeleteAccountBody = Static<typeof DeleteAccountBody>;

/** Every row that holds something of the person, by where it is kept. */
export const AccountExport = Type.Object(
  {
    exportedAt: Timestamp,
    data: Type.Record(Type.String(), Type.Array(Type.Record(Type.String(), Type.Unknown()))),
  },
  { $id: 'AccountExport' },
);
export type AccountExport = Static<typeof AccountExport>;

/** What was asked for will be done, if there is anything to do. */
export const Accepted = Type.Object({}, { $id: 'Accepted', additionalProperties: false });

export const Jwks = Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.String())) }, { $id: 'Jwks' });
