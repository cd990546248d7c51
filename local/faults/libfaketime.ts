import { globSync } from 'node:fs';
import { aptInstall } from '../platform/apt-install.ts';

/** Where distributions put the library for programs with threads. */
const PLACES = ['/usr/lib/*/faketime/libfaketimeMT.so.1', '/usr/{lib,lib64,local/lib}/faketime/libfaketimeMT.so.1'];

const find = (): string | undefined => PLACES.flatMap((place) => globSync(place))[0];

/** Path of libfaketime, installed with apt as root on Debian; undefined where there is none. */
export async function findLibfaketime(say: (line: string) => void): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  if (!find()) await aptInstall('libfaketime', say);
  return find();
}
