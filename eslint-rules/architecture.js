import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SCOPE = '@eduplatform/';

/** Which workspaces each one may import. Services never import each other; reading and showing never reach Postgres. */
export const MAY_IMPORT = {
  contracts: [],
  observability: [],
  'process-kit': ['observability'],
  db: ['contracts'],
  'http-kit': ['contracts', 'observability'],
  'write-api': ['contracts', 'db', 'http-kit', 'observability', 'process-kit'],
  indexer: ['contracts', 'db', 'http-kit', 'observability', 'process-kit'],
  'read-api': ['contracts', 'http-kit', 'observability', 'process-kit'],
  web: ['contracts', 'observability', 'process-kit'],
  seed: ['contracts', 'db', 'write-api'],
  bench: ['contracts', 'db', 'http-kit', 'local', 'seed', 'observability', 'process-kit'],
  local: ['bench', 'contracts', 'db', 'http-kit', 'indexer', 'observability', 'read-api', 'seed', 'web', 'write-api'],
};

/** Packages that a workspace must not reach, not even through the workspaces it imports. */
export const MUST_NOT_REACH = {
  contracts: ['pg', 'ioredis', 'meilisearch', 'fastify'],
  'read-api': ['pg', 'pg-listen', `${SCOPE}db`],
  web: ['pg', 'pg-listen', `${SCOPE}db`, 'ioredis', 'meilisearch', 'fastify'],
};

/** Folders and files that decide without doing: they must stay free of I/O. */
const PURE = [/^contracts\//, /^indexer\/projections\//, /^write-api\/[^/]+\/(course|outline|lesson|module)\.ts$/];
const INPUT_OUTPUT =
  /^(pg|pg-listen|ioredis|meilisearch|undici|(node:)?(fs|fs\/promises|http|https|net|child_process|dgram|worker_threads))$/;

const isTest = (file) => /(^|\/)(test|e2e)\//.test(file) || /\.test\.ts$/.test(file);

/** Every package that a workspace can reach through what it may import, with the path to it. */
export function reachablePackages(workspace, dependenciesOf = readDependencies, mayImport = MAY_IMPORT) {
  const found = new Map();
  const visit = (current, path) => {
    for (const name of dependenciesOf(current)) if (!found.has(name)) found.set(name, [...path, name]);
    for (const next of mayImport[current] ?? []) if (!path.includes(next)) visit(next, [...path, next]);
  };
  visit(workspace, [workspace]);
  return found;
}

const readDependencies = (workspace) =>
  Object.keys(JSON.parse(readFileSync(resolve(ROOT, workspace, 'package.json'), 'utf8')).dependencies ?? {});

/** Breaches of MUST_NOT_REACH, as sentences. */
export function forbiddenPaths(dependenciesOf = readDependencies, mayImport = MAY_IMPORT) {
  return Object.entries(MUST_NOT_REACH).flatMap(([workspace, banned]) => {
    const reachable = reachablePackages(workspace, dependenciesOf, mayImport);
    return banned
      .filter((name) => reachable.has(name))
      .map((name) => `${workspace} reaches ${name}: ${reachable.get(name).join(' → ')}`);
  });
}

/** Why `file` (relative to the root, with slashes) may not import `source`, or null when it may. */
export function refusal(file, source, isTypeOnly = false) {
  const workspace = file.split('/')[0];
  const allowed = MAY_IMPORT[workspace];
  if (!allowed) return null;
  if (source.startsWith('.')) {
    const target = relative(ROOT, resolve(ROOT, dirname(file), source)).split(sep)[0];
    return target === workspace || !(target in MAY_IMPORT)
      ? null
      : `import ${SCOPE}${target} by its name, not by a path out of ${workspace}`;
  }
  if (source.startsWith(SCOPE)) {
    const target = source.slice(SCOPE.length).split('/')[0];
    const isAllowed = target === workspace || allowed.includes(target) || (isTest(file) && target === 'local');
    return isAllowed
      ? null
      : `${workspace} must not import ${target} (it may import: ${allowed.join(', ') || 'nothing'})`;
  }
  if (MUST_NOT_REACH[workspace]?.some((name) => source === name || source.startsWith(`${name}/`)) && !isTest(file)) {
    return `${workspace} must not use ${source}`;
  }
  if (!isTypeOnly && !isTest(file) && PURE.some((pure) => pure.test(file)) && INPUT_OUTPUT.test(source)) {
    return `${file} decides without I/O and must not import ${source}`;
  }
  return null;
}

const BREACHES = forbiddenPaths();

const imports = {
  meta: { type: 'problem', schema: [], messages: { refused: '{{reason}}' } },
  create(context) {
    const file = relative(ROOT, context.filename).split(sep).join('/');
    const check = (node, isTypeOnly) => {
      const source = node.source?.value;
      const reason = typeof source === 'string' ? refusal(file, source, isTypeOnly) : null;
      if (reason) context.report({ node, messageId: 'refused', data: { reason } });
    };
    return {
      Program(node) {
        for (const reason of BREACHES) context.report({ node, messageId: 'refused', data: { reason } });
      },
      ImportDeclaration: (node) => check(node, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, false),
    };
  },
};

/** ESLint plugin: the dependency directions between workspaces. */
export const architecture = { rules: { imports } };
