import { startCommand } from '../supervisor/start-command.ts';

/** `npm start [-- --scale S]`: the whole product, on the demo data or on that of a scale. */
process.exitCode = await startCommand(false);
