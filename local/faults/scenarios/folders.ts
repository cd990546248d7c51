import { cp, mkdir, rm } from 'node:fs/promises';
import type { DataServer } from '../arena/servers.ts';

/** Replaces the data of a server, which is killed for it, by a copy or by nothing. */
export async function replaceFolder({ process, folder }: DataServer, copy: string | null): Promise<void> {
  await process.kill();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  if (copy === null) await mkdir(folder);
  else await cp(copy, folder, { recursive: true });
  await process.start();
}

/** Copies the data as of now, while the server stands still. */
export async function copyFolder({ process, folder }: DataServer, copy: string): Promise<void> {
  await process.stop();
  await rm(copy, { recursive: true, force: true });
  await cp(folder, copy, { recursive: true });
  await process.start();
}
