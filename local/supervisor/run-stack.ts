import type { WriteStream } from 'node:tty';
import type { StackConfig } from './config.ts';
import { createPart, type Part, type PartDefinition, type PartEvents } from './part.ts';
import type { StackContext } from './parts/context.ts';
import { createProcessList } from './process-list.ts';
import { createProgress } from './progress.ts';
import { runSteps } from './run-steps.ts';
import { createStackFile } from './stack-file.ts';
import { describeServices, serviceOfPart } from './services.ts';
import { planStack } from './stack.ts';
import { planSteps, STEP_TITLES } from './steps.ts';
import { summary } from './summary.ts';

/** Starts all parts, keeps them running until `ending` aborts, and ends them; answers the exit code. */
export async function runStack(config: StackConfig, ending: AbortSignal, out: WriteStream): Promise<number> {
  const startedAt = performance.now();
  let context: StackContext;
  try {
    context = await planStack(config);
  } catch (error) {
    out.write(`${(error as Error).message}\n`);
    return 1;
  }
  const stackFile = createStackFile(config.stateDirectory, {
    prefixes: { redis: config.redisPrefix, search: config.indexPrefix },
    services: describeServices(context),
  });
  const parts: Part[] = [];
  out.write(`EduPlatform is starting (state and logs in ${config.stateDirectory})\n`);
  const progress = createProgress(STEP_TITLES, out);
  let failure: unknown;
  const fail = new AbortController();
  const over = AbortSignal.any([ending, fail.signal]);
  const events: PartEvents = {
    processes: createProcessList(config.stateDirectory),
    onProcess: (name, pid) => {
      const service = serviceOfPart(name);
      if (!service) return;
      void stackFile
        .update(({ services }) => {
          const entry = services[service];
          if (!entry) return;
          if (pid === undefined) delete entry.pid;
          else entry.pid = pid;
        })
        .catch((error: unknown) => progress.say(`stack.json is out of date: ${String(error)}`));
    },
    say: (line) => progress.say(line),
  };
  const startPart = async (definition: PartDefinition) => {
    over.throwIfAborted();
    const part = createPart(definition, events);
    parts.push(part);
    // A part that is still starting at the end is cut short by its stop().
    await Promise.race([part.start(), whenAborted(over)]);
  };
  try {
    await stackFile.update(() => undefined);
    const steps = planSteps({ context, startPart, say: progress.say, signal: over });
    await runSteps(steps, progress, (error) => fail.abort(error));
    over.throwIfAborted();
    await stackFile.update((stack) => {
      stack.state = 'ready';
    });
    progress.close();
    out.write(summary(context, (performance.now() - startedAt) / 1000));
    await whenAborted(over);
  } catch (error) {
    fail.abort(error);
    if (!ending.aborted) failure = error;
  }
  progress.close();
  out.write(failure ? `\n${(failure as Error).message}\n\nStopping the rest.\n` : '\nStopping.\n');
  await stopAll(parts);
  await stackFile.remove();
  out.write('Everything has stopped.\n');
  return failure ? 1 : 0;
}

/** Rejects with the signal's reason once it is aborted. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** Those who use the servers end first, then the servers, so that nobody loses what it is working on. */
async function stopAll(parts: Part[]): Promise<void> {
  const servers = new Set(['postgres', 'redis', 'search', 'traces']);
  await Promise.all(parts.filter(({ name }) => !servers.has(name)).map((part) => part.stop()));
  await Promise.all(parts.filter(({ name }) => servers.has(name)).map((part) => part.stop()));
}
