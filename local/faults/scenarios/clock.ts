import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findLibfaketime } from '../libfaketime.ts';
import type { Scenario } from '../scenario.ts';
import { meanwhile, onlyFirst, request, whenDone } from '../steps.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Forward and back, by less and by more than the ages at which things are dropped. */
const JUMPS = ['+0', '+1h', '-1h', '+60d', '-60d', '+0'];
const JUMP_MS = 1_200;

/** The system's clock as one process sees it; its monotonic one goes on, as it does when a clock is set. */
export const clockJumps: Scenario = {
  name: 'the clock of the indexer jumps forward and back',
  isShort: true,
  missing: async () =>
    (await findLibfaketime(say)) ? null : 'there is no libfaketime; install it (Debian: libfaketime)',
  async run(arena, { isLong, isMixed }) {
    const { indexers, directory } = arena;
    const clock = join(directory, 'clock');
    const set = async (offset: string): Promise<void> => {
      await writeFile(`${clock}.new`, `${offset}\n`);
      await rename(`${clock}.new`, clock);
    };
    await set('+0');
    const library = await findLibfaketime(say);
    const off = await arena.addIndexer('off-time', {
      ...{ LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_CACHE_DURATION: '1' },
      ...{ FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' },
    });
    for (const indexer of indexers) await indexer.kill();
    indexers.push(off);
    try {
      await off.keepUntilReady();
      for (const offset of JUMPS) {
        await set(offset);
        await meanwhile(JUMP_MS);
      }
      // One that is started while the clock is off, and builds.
      await off.kill();
      await set('+60d');
      await off.keepUntilReady();
      if (isLong) await whenDone(arena, await request(arena, 'reindex', 'search'), isMixed);
    } finally {
      await off.kill();
      indexers.splice(indexers.indexOf(off), 1);
    }
    await onlyFirst(arena);
  },
};
