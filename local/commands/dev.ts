import { supervise } from '../supervisor/supervise.ts';

// The same stack with hot reload everywhere: Vite for the storefront, restarts on changed files for the services.
process.exitCode = await supervise(true, process.stdout);
