import { Type, type Static } from '@sinclair/typebox';
import { Role, text, Uuid } from '../primitives.ts';

export const Email = Type.String({ format: 'email', maxLength: 254 });
export const Password = Type.String({ minLength: 10, maxLength: 200 });

export const RegisterBody = Type.Object(
  { email: Email, password: Password, name: text(100) },
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

export const Jwks = Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.String())) }, { $id: 'Jwks' });
