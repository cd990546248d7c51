import { availableParallelism } from 'node:os';

/** WEB_CONCURRENCY as a schema's text, for configurations that are checked by one. */
export const WORKERS_SETTING = {
  pattern: '^(auto|[1-9]\\d{0,2})$',
  default: '1',
  description: 'processes that share the port: a number, or auto, one for each core',
};

/** How many processes WEB_CONCURRENCY asks for: a number, or `auto`, one for each core. Throws an Error that names it. */
export function countWorkers(text: string): number {
  if (!new RegExp(WORKERS_SETTING.pattern).test(text)) {
    throw new Error(`WEB_CONCURRENCY must be a number from 1 to 999 or auto, not ${JSON.stringify(text)}`);
  }
  return text === 'auto' ? availableParallelism() : Number(text);
}
