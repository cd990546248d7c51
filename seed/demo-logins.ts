import type { Role } from '@eduplatform/contracts/primitives';

/** Printed by `npm start`; the write API refuses them in production mode. */
export const DEMO_PASSWORD = 'demo-password';

export const DEMO_LOGINS: readonly { email: string; name: string; role: Role }[] = [
  { email: 'admin@eduplatform.com', name: 'Alex Morgan', role: 'admin' },
  { email: 'teacher@eduplatform.com', name: 'Nadia Verhoeven', role: 'teacher' },
  { email: 'student@eduplatform.com', name: 'Sam Rivera', role: 'student' },
];
