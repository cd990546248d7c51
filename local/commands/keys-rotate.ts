import { rotateKeyFile } from '@eduplatform/write-api/auth/key-file';
import { readConfig } from '../supervisor/config.ts';

/** `npm run keys:rotate`: access tokens are signed with a new key from now on; a running write API takes it up by itself. */
async function main(): Promise<void> {
  const file = readConfig(process.env).signingKeysFile;
  const { kid, kept } = await rotateKeyFile(file, Date.now());
  const older = kept.length > 0 ? `; older keys that tokens may still be signed with: ${kept.length}` : '';
  process.stdout.write(`${file}: the new key is ${kid}${older}.\n`);
}

await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
