import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** Exported by prom-client itself. */
const RUNTIME = /^(nodejs|process)_/;
const METRIC = /\b(?:indexer|read|http|nodejs|web|write)_[a-z0-9_]+/g;

/** Every metric that the services define, by the text of their sources. */
const defined = new Set(
  ['indexer', 'read-api', 'write-api', 'http-kit', 'process-kit', 'web/server', 'web/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .flatMap((file) => read(join(folder, file)).match(/['"](?:indexer|read|http|web|write)_[a-z0-9_]+['"]/g) ?? [])
      .map((quoted) => quoted.slice(1, -1)),
  ),
);

const metricsIn = (text: string): string[] =>
  [...new Set(text.match(METRIC) ?? [])].map((name) => name.replace(/_(bucket|count|sum)$/, ''));

describe.each(['observability/grafana/dashboards/eduplatform.json', 'observability/prometheus/alerts.yml'])(
  '%s',
  (file) => {
    it('asks only for metrics that a service exports', () => {
      const expressions = file.endsWith('.json')
        ? (JSON.parse(read(file)) as { panels: { targets: { expr: string }[] }[] }).panels
            .flatMap(({ targets }) => targets.map(({ expr }) => expr))
            .join('\n')
        : (read(file).match(/expr: .*/g) ?? []).join('\n');
      const unknown = metricsIn(expressions).filter((name) => !RUNTIME.test(name) && !defined.has(name));
      expect(metricsIn(expressions).length).toBeGreaterThan(3);
      expect(unknown).toEqual([]);
    });
  },
);
