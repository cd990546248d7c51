import { fillBaseline } from '../baselines/fill/fill.ts';
import type { BaselineConfig } from '../baselines/config.ts';
import type { BaselineKind } from '../baselines/kinds.ts';
import { startBaseline } from '../baselines/start.ts';
import { placed } from '../pinning.ts';
import type { Arena, Contender } from './contenders.ts';

/** Fills a baseline's database, unless it holds the same data already, and starts it as a contender. */
export async function startBaselineContender(
  { stack, servers, baselines: owner }: Arena,
  name: string,
  kind: BaselineKind,
  settings: Partial<BaselineConfig> = {},
): Promise<Contender> {
  const { databaseUrl: sourceUrl, writeApiUrl } = servers;
  await fillBaseline({ sourceUrl, kind, owner });
  const options = { kind, owner, sourceUrl, writeApiUrl, settings };
  const { url, child, stop } = await startBaseline(placed(stack, 'server'), options);
  return { name, url, pid: child.pid, stop };
}
