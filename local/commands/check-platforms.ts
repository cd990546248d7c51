import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { trimPackages } from '../bootstrap/trim.mjs';
import { repositoryRoot } from '../platform/paths.ts';
import { formatBytes, folderSize } from '../platforms/folder-size.ts';
import { installFor } from '../platforms/install.ts';
import { missingFiles, PLATFORMS, type Platform } from '../platforms/platforms.ts';

const LIMIT_BYTES = 500e6;

/** `npm run check:platforms [-- darwin-x64 …]`: installs as on each supported system; checks native parts and size. */
async function main(wanted: string[]): Promise<number> {
  const platforms = PLATFORMS.filter(({ os, cpu }) => wanted.length === 0 || wanted.includes(`${os}-${cpu}`));
  const directory = await mkdtemp(join(tmpdir(), 'eduplatform-platforms-'));
  let wrong = 0;
  try {
    for (const platform of platforms) {
      const problems = await examine(platform, directory);
      wrong += problems.length > 0 ? 1 : 0;
      for (const problem of problems) process.stdout.write(`    ${problem}\n`);
    }
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
  process.stdout.write(
    `${platforms.length - wrong} of ${platforms.length} platforms complete and below ${formatBytes(LIMIT_BYTES)}\n`,
  );
  return wrong > 0 ? 1 : 0;
}

async function examine(platform: Platform, directory: string): Promise<string[]> {
  const checkout = join(directory, `${platform.os}-${platform.cpu}`);
  await copyManifests(checkout);
  const failure = await installFor(platform, checkout);
  if (failure) {
    process.stdout.write(`✗ ${platform.os} ${platform.cpu}\n`);
    return [failure];
  }
  const installed = await folderSize(checkout);
  trimPackages(join(checkout, 'node_modules'));
  const size = await folderSize(checkout);
  const problems = missingFiles(platform, checkout).map((file) => `missing: ${file}`);
  if (size.bytes >= LIMIT_BYTES) problems.push(`node_modules is too large; the largest: ${size.largest.join(', ')}`);
  process.stdout.write(
    `${problems.length > 0 ? '✗' : '✓'} ${platform.os} ${platform.cpu}: ${formatBytes(size.bytes)} (${formatBytes(installed.bytes)} before trimming)\n`,
  );
  await rm(checkout, { recursive: true, force: true, maxRetries: 5 });
  return problems;
}

/** Copies what npm ci reads: the lockfile and the package.json of each workspace. */
async function copyManifests(checkout: string): Promise<void> {
  const root = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as { workspaces: string[] };
  const workspaces = root.workspaces.map((workspace) => join(workspace, 'package.json'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc', ...workspaces]) {
    await mkdir(dirname(join(checkout, file)), { recursive: true });
    await cp(join(repositoryRoot, file), join(checkout, file));
  }
}

process.exitCode = await main(process.argv.slice(2));
