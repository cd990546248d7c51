import { startCommand } from '../supervisor/start-command.ts';

// The same stack with hot reload everywhere: Vite for the storefront, restarts on changed files for the services.
process.exitCode = await startCommand(true);
