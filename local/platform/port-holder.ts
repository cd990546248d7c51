import { readdir, readFile, readlink } from 'node:fs/promises';
import { commandLine } from './process-identity.ts';
import { run } from './run.ts';
import { which } from './which.ts';

/** "node server.js (process 4711)" of whoever listens on a TCP port, or undefined when the system does not tell. */
export async function describePortHolder(port: number): Promise<string | undefined> {
  const pid = await portHolder(port);
  if (pid === undefined) return undefined;
  const command = shortCommand(await commandLine(pid));
  return command ? `${command} (process ${pid})` : `process ${pid}`;
}

/** A command line as a person would type it: without the program's folder and what Node was told to load first. */
export function shortCommand(command: string): string {
  const [program = '', ...args] = command.replaceAll(/ --import \S+/g, '').split(' ');
  return [program.split(/[\\/]/).at(-1), ...args].join(' ').slice(0, 120);
}

async function portHolder(port: number): Promise<number | undefined> {
  if (process.platform === 'linux') return linuxPortHolder(port);
  if (process.platform === 'win32') {
    const { output } = await run({ command: 'netstat', args: ['-ano', '-p', 'TCP'] });
    const line = output.split('\n').find((row) => row.includes(`:${port} `) && row.includes('LISTENING'));
    return toPid(line?.trim().split(/\s+/).at(-1));
  }
  if (!which('lsof')) return undefined;
  const { output } = await run({ command: 'lsof', args: ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'] });
  return toPid(output.trim().split('\n')[0]);
}

function toPid(text: string | undefined): number | undefined {
  const pid = Number(text);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** The listening socket's inode from /proc/net, then the process that has it open (root sees all, a user their own). */
async function linuxPortHolder(port: number): Promise<number | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const inode = listeningInode(tables.join('\n'), port);
  if (!inode) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (target === `socket:[${inode}]`) return Number(pid);
    }
  }
  return undefined;
}

/** The inode of the socket in state LISTEN (0A) on this port. */
export function listeningInode(table: string, port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of table.split('\n')) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (local?.endsWith(suffix) && state === '0A' && inode !== '0') return inode;
  }
  return undefined;
}
