import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '@eduplatform/local/testing/context';
import { Example, goneAll, type Opened } from './example-process.ts';

const running: Example[] = [];
afterEach(async () => {
  for (const example of running.splice(0)) await example.stop();
});

function start(env: NodeJS.ProcessEnv): Example {
  const example = new Example(env);
  running.push(example);
  return example;
}

const TWO = { WEB_CONCURRENCY: '2' };
const two = (env: NodeJS.ProcessEnv = {}): Promise<Example> => start({ ...TWO, ...env }).listened(2);
const EIGHT = Array.from({ length: 8 });

describe('two workers', () => {
  it('answer on one port, and the primary does not', async () => {
    const example = await two();
    const answers = await Promise.all(EIGHT.map(example.ask));
    expect(new Set(answers.map(({ pid }) => pid))).toEqual(new Set(example.listening));
    expect(example.listening).not.toContain(example.pid);
    expect(answers.filter(({ count }) => count === 2)).toHaveLength(8);
    // One of them, and always the same, does what need not be done twice.
    expect(new Set(answers.filter(({ isFirst }) => isFirst).map(({ pid }) => pid))).toHaveLength(1);
  });

  it('show their metrics as one: sums, and of some gauges the worst', async () => {
    const example = await two();
    for (const _ of EIGHT) await example.ask();
    expect(await example.metric('example_requests_total')).toBe(8);
    expect(await example.metric('example_worst')).toBe(2);
    expect(await example.metric('http_server_workers')).toBe(2);
    expect(await example.metric('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(await example.metric('process_start_time_seconds')).toBeGreaterThan(0);
  });

  it('are replaced when one is killed; requests go on, and nothing that was counted is lost', async () => {
    const example = await two();
    for (const _ of EIGHT) await example.ask();
    expect(await example.metric('example_requests_total')).toBe(8);
    const first = await eventually(async () => {
      const answer = await example.ask();
      return answer.isFirst && answer;
    });
    const counted = await example.metric('example_requests_total');
    process.kill(first.pid, 'SIGKILL');
    await example.listened(3);
    const answers = await Promise.all(EIGHT.map(example.ask));
    expect(answers.map(({ pid }) => pid)).not.toContain(first.pid);
    // Its place is taken: the new one does what it did besides.
    expect(answers.find(({ isFirst }) => isFirst)?.pid).toBe(example.listening[2]);
    await eventually(async () => (await example.metric('http_server_workers')) === 2);
    expect(await example.metric('example_requests_total')).toBe(counted + 8);
    expect(await example.metric('http_server_worker_restarts_total')).toBe(1);
  });

  it.each(['SIGTERM', 'SIGINT', 'shutdown'] as const)(
    'answer what they have begun when %s comes, and all end',
    async (how) => {
      const example = await two();
      const { whole } = await example.open('/slow');
      if (how === 'shutdown') example.send(how);
      else example.kill(how);
      expect(await whole).toBe('begun and answered');
      expect(await example.ended()).toBe(0);
      await goneAll(example.listening);
    },
  );

  it('end by themselves when the primary is killed', async () => {
    const example = await two();
    example.kill('SIGKILL');
    await example.ended();
    await goneAll(example.listening);
  });

  it('live on while the channel to the primary is all that they have, as under the guard of the local stack', async () => {
    const guard = new URL('../../local/supervisor/orphan-guard.ts', import.meta.url).href;
    const example = await two({ NODE_OPTIONS: `--import ${guard}` });
    expect(await example.metric('http_server_workers')).toBe(2);
    expect(await example.metric('http_server_worker_restarts_total')).toBe(0);
    expect((await example.ask()).count).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('work that is done once', () => {
  /** Asks until two workers are at it. */
  async function askBoth(example: Example) {
    const first = await example.open('/once/a');
    const second = await eventually(async () => {
      const next = await example.open('/once/a');
      return next.begun !== first.begun && next;
    });
    return [first, second] as const;
  }

  /** Lets a worker end its work; answers what `opened` then answers. */
  async function finish(pid: string, opened: Opened): Promise<string> {
    let answer: string | undefined;
    void opened.whole.then((text) => (answer = text));
    return eventually(() => {
      process.kill(Number(pid), 'SIGUSR2');
      return answer;
    });
  }

  it('is done by the worker that was asked first, and the other has its outcome', async () => {
    const example = await two();
    const [first, second] = await askBoth(example);
    expect(await finish(first.begun, first)).toBe(`${first.begun} by ${first.begun}`);
    expect(await second.whole).toBe(`${second.begun} by ${first.begun}`);
  });

  it('stays done for those who come later, also when its worker has ended', async () => {
    const example = await two();
    const first = await example.open('/once/a');
    await finish(first.begun, first);
    process.kill(Number(first.begun), 'SIGKILL');
    await example.listened(3);
    const later = await example.open('/once/a');
    expect(await later.whole).toBe(`${later.begun} by ${first.begun}`);
    expect(later.begun).not.toBe(first.begun);
  });

  it('is done by the other when the first is killed', async () => {
    const example = await two();
    const [first, second] = await askBoth(example);
    first.whole.catch(() => {});
    process.kill(Number(first.begun), 'SIGKILL');
    expect(await finish(second.begun, second)).toBe(`${second.begun} by ${second.begun}`);
  });
});

describe('the primary ends with code 1', () => {
  it('at once when the port is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const example = start({ ...TWO, EXAMPLE_PORT: String((holder.address() as AddressInfo).port) });
    expect(await example.ended()).toBe(1);
    expect(example.messages).toContainEqual(expect.stringContaining('EADDRINUSE'));
    expect(example.messages.filter((message) => message.includes('takes its place'))).toEqual([]);
    holder.close();
  });

  it('at once when no worker can start', async () => {
    const example = start({ ...TWO, EXAMPLE_BREAKS: 'start' });
    expect(await example.ended()).toBe(1);
    expect(example.messages.filter((message) => message === 'it cannot start')).toHaveLength(1);
    expect(example.messages).toContainEqual(expect.stringContaining('Workers cannot start'));
  });

  it('and all workers with it, when one place cannot be filled again and again', async () => {
    const example = start({ ...TWO, EXAMPLE_BREAKS: 'later' });
    expect(await example.ended()).toBe(1);
    expect(example.messages.filter((message) => message === 'it cannot start')).toHaveLength(5);
    await goneAll(example.listening);
  });

  it.each(['0', '-1', '1.5', 'many', '1000'])('when WEB_CONCURRENCY is %s', async (count) => {
    const example = start({ WEB_CONCURRENCY: count });
    expect(await example.ended()).toBe(1);
    expect(example.messages).toContainEqual(expect.stringContaining('WEB_CONCURRENCY must be a number'));
  });
});

it('one worker is the process itself', async () => {
  const example = await start({}).listened(1);
  expect(await example.ask()).toEqual({ pid: example.pid, isFirst: true, count: 1 });
  expect(await example.metric('example_requests_total')).toBe(1);
  example.kill('SIGTERM');
  expect(await example.ended()).toBe(0);
});
