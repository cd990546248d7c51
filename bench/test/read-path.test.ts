import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { which } from '@eduplatform/local/platform/which';
import { withPostgres } from '@eduplatform/local/servers/postgres';
import { compareReadPaths } from '../compare.ts';
import type { Arena } from '../read-path/contenders.ts';
import { writeReport } from '../read-path/report/write.ts';
import { runParts } from '../read-path/run.ts';
import { startArena } from '../read-path/world.ts';

const SIZES = { users: 400, courses: 40, lessons: 160, enrollments: 300, payments: 80 };
const START_MS = 120_000;
const print = (): void => {};

const databasesOf = ({ servers }: Arena): Promise<string[]> =>
  withPostgres(servers.databaseUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database order by 1');
    return rows.map(({ datname }) => datname);
  });

// The benchmarks refuse the built-in Redis.
describe.skipIf(which('redis-server', 'valkey-server') === undefined)(
  'the benchmark of the read path, in short',
  () => {
    let arena: Arena;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'eduplatform-bench-test-'));
      arena = await startArena(print, 'small', SIZES);
    }, START_MS);
    afterAll(async () => {
      await arena?.stack.stop();
      await rm(folder, { recursive: true, force: true });
    }, START_MS);

    test(
      'one round over the contenders on a real stack yields a report with all of its sections',
      async () => {
        const keyedReads = ['course', 'stored-bytes', 'metrics'];
        const only = [
          ...keyedReads,
          'single-flight',
          'pages',
          'pages-postgres',
          'search-tsvector',
          'writes',
          'workers-read-api',
        ];
        const result = await runParts(
          arena,
          { scale: 'small', rounds: 1, seconds: 0.3, only, profiles: ['course'], folder },
          print,
        );
        await writeReport(folder, result);
        // How fast anything is says nothing here, and the control neither.
        expect(result.wrong.filter((line) => !line.includes('measured twice differs'))).toEqual([]);
        expect(result.rows.map(({ id }) => id).sort()).toEqual(only.toSorted());
        for (const { id, value, missedBecause } of result.rows) {
          // In so short a burst the read API may never be as fast as a baseline that has hardly anything to search.
          const isLate = id === 'search-tsvector' && value === null && missedBecause?.includes('no p99 within');
          if (!isLate) expect([id, value]).toEqual([id, expect.any(Number)]);
        }
        const report = await readFile(join(folder, 'report.md'), 'utf8');
        const headings = [...report.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
        const bursts = ['keyed reads', 'pages', 'search', 'writes', 'workers'].map((part) => `Bursts: ${part}`);
        expect(headings).toEqual(['Targets', 'Control', 'Plots', ...bursts, 'What more would take']);
        const plots = [...report.matchAll(/\]\(([^)]+\.svg)\)/g)].map(([, file]) => file);
        const kept = ['course.cpuprofile', 'flame-course.svg', 'report.md', 'result.json'];
        expect((await readdir(folder)).sort()).toEqual([...plots, ...kept].sort());
        expect(plots).toContain('latency.svg');
      },
      START_MS,
    );

    test(
      'the comparison on a running stack writes a page and leaves Postgres as it was, baselines of others too',
      async () => {
        const page = join(folder, 'compare.html');
        const { redisPrefix, search } = arena.servers;
        const searchIndexPrefix = search.indexPrefix;
        const target = { servers: arena.servers, redisPrefix, searchIndexPrefix, isRedisBuiltIn: true };
        const before = await databasesOf(arena);
        const lines: string[] = [];
        await compareReadPaths(target, {
          ...{ page, signal: new AbortController().signal, seconds: 0.2, rounds: 1 },
          print: (line) => void lines.push(line),
        });
        expect(lines.at(-1)).toMatch(/^compare (holds|void): pages/);
        expect(lines.join('\n')).toContain('cannot be compared');
        const html = await readFile(page, 'utf8');
        for (const name of ['first version on SQL', 'tuned SQL', 'read API again']) expect(html).toContain(name);
        expect(await databasesOf(arena)).toEqual(before);
      },
      START_MS,
    );
  },
);
