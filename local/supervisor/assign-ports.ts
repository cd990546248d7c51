import { describePortHolder } from '../platform/port-holder.ts';
import { freePort, isPortFree } from '../platform/ports.ts';
import type { PortName, PortSetting } from './config.ts';

/**
 * The port of each part. A preferred one that is taken is replaced by a free one.
 * @throws one message that names every fixed port that is taken, who holds it, and the variable to change.
 */
export async function assignPorts(
  settings: Record<PortName, PortSetting>,
  needed: PortName[],
): Promise<Record<PortName, number>> {
  const ports = Object.fromEntries(Object.entries(settings).map(([name, { port }]) => [name, port]));
  const problems: string[] = [];
  for (const name of needed) {
    const setting = settings[name];
    if (await isPortFree(setting.port, setting.host)) continue;
    if (setting.fixed) problems.push(await describeConflict(setting));
    else ports[name] = await freePort();
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return ports as Record<PortName, number>;
}

async function describeConflict({ variable, port }: PortSetting): Promise<string> {
  const holder = (await describePortHolder(port)) ?? 'another process';
  return `Port ${port} is in use by ${holder}. End it, or choose another port, for example ${variable}=${port + 100} npm start`;
}
