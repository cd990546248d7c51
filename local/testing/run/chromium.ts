import { aptInstall } from '../../platform/apt-install.ts';
import { run } from '../../platform/run.ts';
import { which } from '../../platform/which.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** CHROMIUM_PATH, else chromium or chrome on PATH, else installed with apt (root on Debian); undefined when there is none. */
export async function findChromium(say: (text: string) => void): Promise<string | undefined> {
  const found = process.env.CHROMIUM_PATH || which(...NAMES) || (await installedOnMac());
  if (found) return found;
  await aptInstall('chromium', (line) => say(`${line}\n`), ' for the browser tests');
  return which('chromium');
}

async function installedOnMac(): Promise<string | undefined> {
  if (process.platform !== 'darwin') return undefined;
  return run({ command: MAC, args: ['--version'] }).then(
    ({ code }) => (code === 0 ? MAC : undefined),
    () => undefined,
  );
}
