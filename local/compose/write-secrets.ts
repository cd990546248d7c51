/** One-shot of docker-compose.yml: makes the secrets on the first start, into the folder named on the command line. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newSecrets, secretFiles, type ComposeSecrets } from './secrets.ts';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node local/compose/write-secrets.ts FOLDER');
await mkdir(folder, { recursive: true });

const file = join(folder, 'secrets.json');
if (!existsSync(file)) {
  await writeFile(`${file}.new`, JSON.stringify(newSecrets()), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
const secrets = JSON.parse(await readFile(file, 'utf8')) as ComposeSecrets;
// Each folder is a volume of one service; the images run as different users, who all must be able to read.
for (const [name, text] of Object.entries(secretFiles(secrets))) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, text, { mode: 0o444 });
  await rename(`${path}.new`, path);
}
process.stdout.write(`secrets are in ${folder}\n`);
