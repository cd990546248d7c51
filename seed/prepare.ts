/** One-shot of docker-compose.yml: migrates the database and, in demo mode, fills an empty one. */
import { migrate } from '@eduplatform/db/migrate';
import { seedDemo } from './demo.ts';

const { DATABASE_URL, EDU_MODE } = process.env;
if (!DATABASE_URL) throw new Error('set DATABASE_URL');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await migrate(DATABASE_URL);
say('the schema is up to date');
if (EDU_MODE === 'demo') await seedDemo(DATABASE_URL, say);
