import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { askChild } from './ask-child.ts';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** @param answer what the child does with a message `order` */
function start(answer: string): ChildProcess {
  const program = `process.on('message', (order) => { ${answer} })`;
  return (child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }));
}

const isReply = (message: unknown): message is { reply: number } => Object.hasOwn(message as object, 'reply');

test('the reply is told from what the child says besides', async () => {
  const asked = start('process.send({ warning: "slow" }); process.send({ reply: order.number + 1 })');
  expect(await askChild(asked, 'the child', { number: 1 }, isReply)).toEqual({ reply: 2 });
});

test('a child that ends, or has ended, is an error instead of a wait for ever', async () => {
  const asked = start('process.exit(3)');
  await expect(askChild(asked, 'the child', {}, isReply)).rejects.toThrow('the child ended with code 3');
  await expect(askChild(asked, 'the child', {}, isReply)).rejects.toThrow('the child ended with code 3');
});

test('so is one that is killed', async () => {
  const asked = start('');
  await once(asked, 'spawn');
  const answer = askChild(asked, 'the child', {}, isReply);
  asked.kill('SIGKILL');
  await expect(answer).rejects.toThrow('the child ended with SIGKILL');
});
