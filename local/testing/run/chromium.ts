import { run } from '../../platform/run.ts';
import { which } from '../../platform/which.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** CHROMIUM_PATH, else chromium or chrome on PATH, else installed with apt (root on Debian); undefined when there is none. */
export async function findChromium(say: (text: string) => void): Promise<string | undefined> {
  const found = process.env.CHROMIUM_PATH || which(...NAMES) || (await installedOnMac());
  if (found) return found;
  const apt = process.getuid?.() === 0 ? which('apt-get') : undefined;
  if (!apt) return undefined;
  say('Installing chromium with apt for the browser tests.\n');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = { command: apt, args: ['install', '-y', '--no-install-recommends', 'chromium'], env };
  const first = await run(install);
  if (first.code !== 0) {
    await run({ command: apt, args: ['update'], env });
    const second = await run(install);
    if (second.code !== 0) say(`apt could not install chromium: ${second.output.trim().split('\n').at(-1)}\n`);
  }
  return which('chromium');
}

async function installedOnMac(): Promise<string | undefined> {
  if (process.platform !== 'darwin') return undefined;
  return run({ command: MAC, args: ['--version'] }).then(
    ({ code }) => (code === 0 ? MAC : undefined),
    () => undefined,
  );
}
