import { Problem } from '@eduplatform/contracts/problems';
import { requireUser } from '@eduplatform/http-kit/auth';
import { READ_PROBLEMS, ReadHeaders } from './schemas.ts';

/** Of routes that answer with what belongs to the person who asks. */
export const personal = {
  onRequest: requireUser,
  schema: { security: [{ bearer: [] }], headers: ReadHeaders },
};

export const PERSONAL_PROBLEMS = { ...READ_PROBLEMS, 404: Problem } as const;
