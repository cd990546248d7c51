import { all, type Outcome, type Outcomes } from '@eduplatform/local/testing/authorization/actors';

/** What needs a sign-in. Who was suspended goes on reading until the token dies, within minutes: it is read with no database. */
export const members = (outcome: Outcome, others: Partial<Outcomes> = {}): Outcomes =>
  all(outcome, { anonymous: 401, ...others });

/** What belongs to those who may open a paid lesson: who is enrolled and admins. */
export const readers = (refusal: number): Outcomes => members(refusal, { enrolledStudent: 'ok', admin: 'ok' });
