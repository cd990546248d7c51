import { requireUser } from '@eduplatform/http-kit/auth';
import { ReadHeaders } from './schemas.ts';

/** Of routes that answer with what belongs to the person who asks. */
export const personal = {
  onRequest: requireUser,
  schema: { security: [{ bearer: [] }], headers: ReadHeaders },
};
