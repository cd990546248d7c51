/** Rotates the signing keys where there is no npm, in a container: node write-api/auth/rotate-keys-main.ts */
import { rotateKeyFile } from './key-file.ts';

async function main(file: string | undefined): Promise<void> {
  if (!file) throw new Error('SIGNING_KEYS_FILE is not set: it says where the keys are.');
  const { kid, kept } = await rotateKeyFile(file, Date.now());
  process.stdout.write(`The new key is ${kid}; older ones that are kept: ${kept.length}.\n`);
}

await main(process.env.SIGNING_KEYS_FILE).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
