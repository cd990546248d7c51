import { supervise } from '../supervisor/supervise.ts';

process.exitCode = await supervise(false, process.stdout);
