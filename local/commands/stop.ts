import { stateDirectory } from '../platform/paths.ts';
import { stopStack } from '../supervisor/stop-stack.ts';

process.stdout.write(`${await stopStack(stateDirectory())}\n`);
