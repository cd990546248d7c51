import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs `work` while holding a folder as a lock, so that two starts do not install at once.
 * A lock whose holder is gone is taken over. `onWait` is called once, when somebody else holds it;
 * `signal` ends the waiting.
 */
export async function withLock(folder, onWait, work, signal) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let told = false; !take(folder); told = true) {
    signal?.throwIfAborted();
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else if (!told) onWait();
    await delay(250);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'pid'), String(process.pid));
  return true;
}

function isAbandoned(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')) || -1, 0);
    return false;
  } catch (error) {
    // ENOENT: the holder is just about to write its id. EPERM: it lives, as another user.
    return error.code === 'ESRCH';
  }
}
