import type { ChildProcess } from 'node:child_process';
import { hasExited } from '@eduplatform/local/platform/launch';

/**
 * Sends a message to a child and answers its reply, which is the next message that `isReply` takes for one. Rejects when the
 * child ends before that: nobody would answer.
 * @param name what the error calls the child
 */
export async function askChild<Reply>(
  child: ChildProcess,
  name: string,
  message: object,
  isReply: (message: unknown) => message is Reply,
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const onMessage = (received: unknown): void => {
    if (isReply(received)) resolve(received);
  };
  const onExit = (): void => reject(new Error(`${name} ended with ${child.signalCode ?? `code ${child.exitCode}`}`));
  child.on('message', onMessage);
  child.once('exit', onExit);
  try {
    if (hasExited(child)) onExit();
    else child.send(message, (error) => error && reject(new Error(`${name} cannot be asked`, { cause: error })));
    return await promise;
  } finally {
    child.off('message', onMessage);
    child.off('exit', onExit);
  }
}
