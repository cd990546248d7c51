import { chooseRedis } from '../servers/redis.ts';
import { chooseSearch } from '../servers/search.ts';
import { watchBuild } from '../scales/watch-build.ts';
import { buildWeb } from './build-web.ts';
import type { PartDefinition } from './part.ts';
import type { StackContext } from './parts/context.ts';
import { definePostgres } from './parts/postgres.ts';
import { defineRedis } from './parts/redis.ts';
import { defineSearch } from './parts/search.ts';
import { defineIndexer, defineReadApi, defineWriteApi } from './parts/services.ts';
import { defineTraces, jaegerUi, usesJaeger } from './parts/traces.ts';
import { defineWeb } from './parts/web.ts';
import { prepareDatabase } from './prepare-database.ts';
import type { Step } from './run-steps.ts';

export interface StepOptions {
  context: StackContext;
  startPart: (definition: PartDefinition) => Promise<void>;
  say: (line: string) => void;
  signal: AbortSignal;
}

const TITLE = {
  postgres: 'Postgres',
  redis: 'Redis',
  search: 'Search engine',
  traces: 'Traces',
  build: 'Storefront build',
  database: 'Schema and data',
  writeApi: 'Write API',
  indexer: 'Indexer',
  readApi: 'Read API',
  web: 'Storefront',
} as const;

export const STEP_TITLES: string[] = Object.values(TITLE);

/** The start as steps. The storefront comes last: when it answers, the read models are built. */
export function planSteps({ context, startPart, say, signal }: StepOptions): Step[] {
  const { config, ports } = context;
  const { own } = config;
  const service = (title: string, after: string[], define: (context: StackContext) => PartDefinition): Step => ({
    title,
    after,
    run: async () => {
      await startPart(define(context));
      return undefined;
    },
  });
  return [
    {
      title: TITLE.postgres,
      after: [],
      async run() {
        if (own.databaseUrl) return 'yours (DATABASE_URL)';
        await startPart(await definePostgres(context));
        return `port ${ports.postgres}`;
      },
    },
    {
      title: TITLE.redis,
      after: [],
      async run(note) {
        if (own.redisUrl) return 'yours (REDIS_URL)';
        const program = await chooseRedis(note);
        await startPart(defineRedis(context, program, say));
        return `port ${ports.redis}, ${program.description}`;
      },
    },
    {
      title: TITLE.search,
      after: [],
      async run() {
        if (own.meiliUrl) return process.env.MEILI_URLS ? 'yours (MEILI_URLS)' : 'yours (MEILI_URL)';
        const program = chooseSearch();
        await startPart(defineSearch(context, program));
        return `port ${ports.search}, ${program.description}`;
      },
    },
    {
      title: TITLE.traces,
      after: [],
      async run() {
        if (own.otlpEndpoint) return 'yours (OTEL_EXPORTER_OTLP_ENDPOINT)';
        await startPart(defineTraces(context));
        return usesJaeger(context) ? `Jaeger, ${jaegerUi}` : 'kept here: npm run trace -- ID';
      },
    },
    {
      title: TITLE.build,
      after: [],
      run: async (note) => (config.development ? 'not needed' : buildWeb(note, signal)),
    },
    {
      title: TITLE.database,
      after: [TITLE.postgres],
      run: async (note) => {
        await prepareDatabase(context, note, signal);
        return undefined;
      },
    },
    service(TITLE.writeApi, [TITLE.database], defineWriteApi),
    {
      title: TITLE.indexer,
      after: [TITLE.database, TITLE.redis, TITLE.search],
      async run(note) {
        const starting = startPart(defineIndexer(context));
        // A large build takes a while, and its rates are of interest.
        const told = config.scale === null ? undefined : watchBuild(context.urls, starting, note);
        await starting;
        return told;
      },
    },
    service(TITLE.readApi, [TITLE.redis, TITLE.search], defineReadApi),
    service(TITLE.web, [TITLE.build, TITLE.writeApi, TITLE.indexer, TITLE.readApi, TITLE.traces], defineWeb),
  ];
}
