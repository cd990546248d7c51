import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stateDirectory } from '@eduplatform/local/platform/paths';
import { runOrFail } from '@eduplatform/local/platform/run';
import { which } from '@eduplatform/local/platform/which';

const VERSION = 'v1.8.1';
const PACKAGE = `go.k6.io/k6@${VERSION}`;
const HOW = `k6 is not on the PATH, and neither is Go, which could install it. See https://grafana.com/docs/k6/latest/set-up/install-k6/ or install Go; a benchmark without --full needs neither.`;

/** k6 on the PATH, else the one that was installed here before, else installed now where Go is there. Throws how to get it. */
export async function findK6(say: (line: string) => void): Promise<string> {
  const folder = join(stateDirectory(), 'go', 'bin');
  const own = join(folder, process.platform === 'win32' ? 'k6.exe' : 'k6');
  const found = which('k6') ?? (existsSync(own) ? own : undefined);
  if (found) return found;
  const go = which('go');
  if (!go) throw new Error(HOW);
  say(`Installing k6 ${VERSION} with Go into ${folder}: two minutes.`);
  await mkdir(folder, { recursive: true });
  await runOrFail({ command: go, args: ['install', PACKAGE], env: { GOBIN: folder } }, `go install ${PACKAGE}`);
  return own;
}
