import { all, type Outcome, type Outcomes } from '@eduplatform/local/testing/authorization/actors';

/** What needs a sign-in; suspension counts at once. */
export const members = (outcome: Outcome, others: Partial<Outcomes> = {}): Outcomes =>
  all(outcome, { anonymous: 401, suspendedUser: 403, ...others });

/** What needs a teacher, verified or not. */
export const teachers = (outcome: Outcome, others: Partial<Outcomes> = {}): Outcomes =>
  members(outcome, { student: 403, enrolledStudent: 403, ...others });

/** What needs an admin. */
export const admins = (outcome: Outcome): Outcomes => all(403, { anonymous: 401, admin: outcome });
