import cluster from 'node:cluster';
import { tell, workOf, type Work } from './messages.ts';

/** Longer than the work of another process takes; then it is done here. */
const WAIT_MS = 6000;

const asking = new Map<string, (answer: Work) => void>();
if (cluster.isWorker) {
  process.on('message', (message) => {
    const answer = workOf(message);
    if (answer) asking.get(answer.key)?.(answer);
  });
}

/**
 * Does work that must not be done twice, such as exchanging a token that is good for once. Where another worker of the
 * service is at it, or was within the last half minute, its outcome is the answer (as JSON has it); what failed there is
 * tried here. In one process no more than one call for a key may be under way.
 */
export async function doOnce<T>(key: string, work: () => Promise<T>): Promise<T> {
  if (!cluster.isWorker) return work();
  const answer = await ask(key);
  if (answer.work === 'done') return answer.outcome as T;
  try {
    const outcome = await work();
    tell(process, { work: 'done', key, outcome });
    return outcome;
  } catch (error) {
    tell(process, { work: 'failed', key });
    throw error;
  }
}

/** Asks the primary whether it is to be done here. */
async function ask(key: string): Promise<Work> {
  const { promise, resolve } = Promise.withResolvers<Work>();
  const timer = setTimeout(resolve, WAIT_MS, { work: 'yours', key });
  asking.set(key, resolve);
  tell(process, { work: 'wanted', key });
  const answer = await promise;
  clearTimeout(timer);
  asking.delete(key);
  return answer;
}
