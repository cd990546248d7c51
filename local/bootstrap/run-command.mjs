import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';

/**
 * Runs a command's file on `node`, with the terminal passed on, and answers its exit code.
 * It is asked to end by signal and, for Windows, by the message "shutdown"; it notices by its channel when this process dies.
 */
export function runCommand(node, file, args) {
  const child = spawn(node, [file, ...args], {
    env: withFirstOnPath(process.env, dirname(node)),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends Ctrl-C to the command as well; passing it on would make it two.
  const pass = (signal) => {
    if (process.platform === 'win32') {
      if (child.connected) child.send('shutdown', () => {});
    } else if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function withFirstOnPath(env, folder) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [name]: env[name] ? `${folder}${delimiter}${env[name]}` : folder };
}
