/** Preloaded (`node --import`) into a service: SIGUSR2 begins a CPU profile, another ends it and writes PROFILE_FILE. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const session = new Session();
session.connect();
await session.post('Profiler.enable');
let isRunning = false;

process.on('SIGUSR2', () => {
  const toggle = isRunning ? end : () => session.post('Profiler.start');
  isRunning = !isRunning;
  toggle().catch((error: Error) => process.stderr.write(`${error.stack}\n`));
});

async function end(): Promise<void> {
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(process.env.PROFILE_FILE ?? 'service.cpuprofile', JSON.stringify(profile));
}
