import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSearch, searchSpec, searchUrl, type SearchProgram } from '../../servers/search.ts';
import type { PartDefinition } from '../part.ts';
import { logFileOf, type StackContext } from './context.ts';
import { guarded } from './node-program.ts';

export function defineSearch(context: StackContext, program: SearchProgram): PartDefinition {
  // The two keep different files, so each has a folder.
  const directory = join(context.config.stateDirectory, program.command ? 'meilisearch' : 'search');
  const { meiliMasterKey: masterKey, ports } = context;
  return {
    name: 'search',
    title: 'Search',
    prepare: async () => void (await mkdir(directory, { recursive: true })),
    spec: guarded(searchSpec(program, { directory, port: ports.search, masterKey })),
    check: () => checkSearch(searchUrl(ports.search)),
    readyWithinMs: 60_000,
    logFile: logFileOf(context, 'search'),
  };
}
