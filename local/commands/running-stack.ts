import { stateDirectory } from '../platform/paths.ts';
import { readStack } from '../supervisor/stack-file.ts';

/** Connection string of DATABASE_URL's or the running stack's Postgres. Throws an error that says what to do. */
export async function databaseOfStack(): Promise<string> {
  const url = process.env.DATABASE_URL ?? (await readStack(stateDirectory()))?.services.postgres?.url;
  if (!url) throw new Error('No stack is running here. Begin with npm start, or set DATABASE_URL.');
  return url;
}

/** Address of the running storefront; the default one when none is known. */
export const storefrontOfStack = async (): Promise<string> =>
  (await readStack(stateDirectory()))?.services.web?.url ?? 'http://localhost:3000';
