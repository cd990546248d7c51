import type { Scenario } from '../scenario.ts';
import { meanwhile, request, whenDone } from '../steps.ts';

const SINKS = ['redis', 'search'] as const;

export const underLoad: Scenario = {
  name: 'both read models rebuilt, and rolled back, under load',
  async run(arena, { isMixed }) {
    for (const kind of ['reindex', 'rollback'] as const) {
      const ids = await Promise.all(SINKS.map((sink) => request(arena, kind, sink)));
      for (const id of ids) await whenDone(arena, id, isMixed);
      await meanwhile(500);
    }
  },
};
