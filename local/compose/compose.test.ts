import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { loadConfig as readIndexerConfig } from '@eduplatform/indexer/config';
import { readApiConfig } from '@eduplatform/read-api/config';
import { readServerConfig } from '@eduplatform/web/server/config';
import { readWriteApiConfig } from '@eduplatform/write-api/config';
import { repositoryRoot } from '../platform/paths.ts';
import { newSecrets, secretFiles } from './secrets.ts';

interface Service {
  image: string;
  command: string[];
  environment?: Record<string, string | number>;
  healthcheck?: unknown;
  restart?: string;
  depends_on?: Record<string, unknown>;
  volumes?: string[];
}
const compose = parse(readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const files = secretFiles(newSecrets());
const OURS = ['write-api', 'indexer', 'read-api', 'web', 'prepare'];

const serviceOf = (name: string): Service => {
  const service = compose.services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
};

/** Paths of the secrets in a container, with their text: the files of the one volume that it mounts at /secrets. */
function secretsOf(name: string): Record<string, string> {
  const volume = serviceOf(name).volumes?.find((mount) => mount.endsWith(':/secrets:ro'));
  const folder = volume?.slice('secrets-'.length, -':/secrets:ro'.length);
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, text]) => [path.replace(`${folder}/`, '/secrets/'), text]),
  );
}

/** The environment that a container gets: what compose sets, with its own defaults, and the service's secrets. */
function environmentOf(name: string): Record<string, string> {
  const service = serviceOf(name);
  const set = Object.entries(service.environment ?? {}).map(
    ([key, value]) => [key, String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1')] as const,
  );
  const file = service.command.find((part) => part.startsWith('--env-file='))?.slice('--env-file='.length);
  const secret = (file ? (secretsOf(name)[file] ?? '') : '')
    .split('\n')
    .filter(Boolean)
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  return Object.fromEntries([...set, ...secret]);
}

/** All source text in which a variable may be read by a service. */
function sourceOf(folders: string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter(
          (file) =>
            /\.(ts|mjs)$/.test(file) && !/(^|[\\/])(test|node_modules|build|\.svelte-kit)[\\/]|\.test\.ts$/.test(file),
        )
        .map((file) => readFileSync(join(repositoryRoot, folder, file), 'utf8')),
    )
    .join('\n');
}

describe('docker-compose.yml', () => {
  it.each([
    ['write-api', readWriteApiConfig],
    ['indexer', readIndexerConfig],
    ['read-api', readApiConfig],
    ['web', readServerConfig],
  ] as const)('sets every variable that %s cannot start without', (name, read) => {
    expect(() => read(environmentOf(name))).not.toThrow();
  });

  it.each(OURS)('sets nothing that %s does not read', (name) => {
    const folder = name === 'prepare' ? 'seed' : name;
    const source = sourceOf([folder, 'observability', 'http-kit', 'process-kit']);
    const unread = Object.keys(environmentOf(name)).filter(
      (variable) => !variable.startsWith('OTEL_') && !new RegExp(`\\b${variable}\\b`).test(source),
    );
    expect(unread).toEqual([]);
  });

  it.each(OURS)('starts a file that exists for %s', (name) => {
    const program = serviceOf(name).command.at(-1) ?? '';
    expect(readFileSync(join(repositoryRoot, program), 'utf8')).not.toBe('');
  });

  it('waits only for services that it defines, and mounts only volumes that it declares', () => {
    for (const service of Object.values(compose.services)) {
      for (const name of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(name);
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./')) expect(existsSync(join(repositoryRoot, source))).toBe(true);
        else expect(compose.volumes).toHaveProperty(source);
      }
    }
  });

  it('restarts and checks every server', () => {
    const servers = Object.entries(compose.services).filter(([, { restart }]) => restart === 'unless-stopped');
    expect(servers.map(([name]) => name).sort()).toEqual([
      'grafana',
      'indexer',
      'jaeger',
      'meilisearch',
      'postgres',
      'prometheus',
      'read-api',
      'redis',
      'web',
      'write-api',
    ]);
    // The Jaeger image has no shell to run a check with.
    expect(servers.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name)).toEqual(['jaeger']);
  });

  it('pins every image to a version', () => {
    for (const { image } of Object.values(compose.services)) expect(image).toMatch(/:(v?\d+|local$)/);
  });

  it('copies every workspace manifest into the image, so that npm ci finds what the lockfile names', () => {
    const dockerfile = readFileSync(join(repositoryRoot, 'Dockerfile'), 'utf8');
    const { workspaces } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
      workspaces: string[];
    };
    for (const workspace of workspaces) expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/`);
  });

  it.each([
    ['postgres', ['/secrets/postgres-password']],
    ['meilisearch', ['/secrets/meili-master-key']],
    ['prepare', ['/secrets/prepare.env']],
    ['write-api', ['/secrets/write-api.env']],
    ['indexer', ['/secrets/indexer.env']],
    ['read-api', ['/secrets/read-api.env']],
  ])('shows %s the secrets that it reads and no others', (name, paths) => {
    const { command, environment, volumes = [] } = serviceOf(name);
    expect(Object.keys(secretsOf(name))).toEqual(paths);
    expect(volumes.filter((mount) => mount.startsWith('secrets'))).toEqual([`secrets-${name}:/secrets:ro`]);
    for (const path of paths) expect(JSON.stringify([command, environment])).toContain(path);
    // What the one-shot writes into /secrets/<service> lies in that service's volume.
    expect(serviceOf('secrets').volumes).toContain(`secrets-${name}:/secrets/${name}`);
  });

  it('mounts secrets nowhere else', () => {
    const mounting = Object.entries(compose.services).filter(([, { volumes = [] }]) =>
      volumes.some((mount) => mount.startsWith('secrets')),
    );
    const services = new Set(Object.keys(files).map((path) => path.split('/')[0]));
    expect(mounting.map(([name]) => name).sort()).toEqual([...services, 'secrets'].sort());
  });

  it('gives each service only the secrets it needs', () => {
    expect(Object.keys(environmentOf('read-api'))).not.toContain('DATABASE_URL');
    expect(Object.keys(environmentOf('read-api'))).not.toContain('MEILI_MASTER_KEY');
    expect(serviceOf('web').volumes ?? []).toEqual([]);
  });
});
