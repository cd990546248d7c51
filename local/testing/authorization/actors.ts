/** Everybody who may try something. All but the anonymous one also have objects of their own, whatever they may do with them. */
export const ACTORS = [
  'anonymous',
  'student',
  'enrolledStudent',
  'otherTeacher',
  'owner',
  'unverifiedTeacher',
  'suspendedUser',
  'admin',
] as const;
export type Actor = (typeof ACTORS)[number];

/** `ok` is any 2xx; a number is the status of the refusal, also of one that comes after authorization. */
export type Outcome = 'ok' | number;
export type Outcomes = Record<Actor, Outcome>;

export const outcomeOf = (status: number): Outcome => (status >= 200 && status < 300 ? 'ok' : status);

const everybody = (outcome: Outcome): Outcomes =>
  Object.fromEntries(ACTORS.map((actor) => [actor, outcome])) as Outcomes;

/** The same outcome for everybody but those named. */
export const all = (outcome: Outcome, others: Partial<Outcomes> = {}): Outcomes => ({
  ...everybody(outcome),
  ...others,
});
