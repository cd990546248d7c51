import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { repositoryRoot } from '@eduplatform/local/platform/paths';
import { createTestStack } from '@eduplatform/local/testing/stack';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the storefront is, without a slash at the end. */
    baseUrl: string;
    /** Where the write API writes mails. */
    mailDirectory: string;
    /** Where the read model in Redis is; null: not told. */
    redisUrl: string | null;
  }
}

/** Starts a stack of the tests' own and ends it afterwards, or uses the storefront at E2E_BASE_URL. */
export default async function startStack(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.E2E_BASE_URL;
  if (given) {
    project.provide('baseUrl', given.replace(/\/+$/, ''));
    project.provide('mailDirectory', process.env.E2E_MAIL_DIR ?? join(repositoryRoot, '.local', 'mail'));
    project.provide('redisUrl', process.env.E2E_REDIS_URL ?? null);
    return async () => undefined;
  }
  const stack = await createTestStack();
  try {
    await stack.start();
    project.provide('baseUrl', (await stack.service('web')).url);
    project.provide('mailDirectory', join(stack.stateDirectory, 'mail'));
    project.provide('redisUrl', (await stack.service('redis')).url);
    return () => stack.remove();
  } catch (error) {
    await stack.remove();
    throw error;
  }
}
