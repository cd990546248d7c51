import { run } from './run.ts';
import { which } from './which.ts';

/** Whether programs can be installed here: as root on Debian and what is made of it. */
const findApt = (): string | undefined => (process.getuid?.() === 0 ? which('apt-get') : undefined);

/** Installs a package where that is possible; says so, and why it failed when it did. */
export async function aptInstall(name: string, say: (line: string) => void, purpose = ''): Promise<void> {
  const command = findApt();
  if (!command) return;
  say(`installing ${name} with apt${purpose}`);
  // Without a run level the package does not start its service.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const install = { command, args: ['install', '-y', '--no-install-recommends', name], env };
  if ((await run(install)).code === 0) return;
  await run({ command, args: ['update'], env });
  const second = await run(install);
  if (second.code !== 0) say(`apt could not install ${name}: ${second.output.trim().split('\n').at(-1)}`);
}
