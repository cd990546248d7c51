import { searchServers } from '@eduplatform/contracts/search-servers';
import { formatFinding, note, problem, type Finding } from '../doctor/finding.ts';
import { examineMachine, examinePorts } from '../doctor/machine.ts';
import { examineReadModels } from '../doctor/read-models.ts';
import { examineServices } from '../doctor/services.ts';
import { readConfig, type StackConfig } from '../supervisor/config.ts';
import { findInstance } from '../supervisor/instance.ts';
import { loadSecrets } from '../supervisor/secrets.ts';
import { readStack, type Stack } from '../supervisor/stack-file.ts';

/** `npm run doctor`: what is installed, what runs, and whether the read models agree with Postgres. */
async function main(): Promise<number> {
  const config = readConfig(process.env);
  const instance = await findInstance(config.stateDirectory);
  const stack = instance && (await readStack(config.stateDirectory));
  const findings = [
    ...(await examineMachine()),
    ...(stack
      ? await examineStack(stack, config)
      : [note('Stack', 'not running: npm start'), ...(await examinePorts(config))]),
  ];
  for (const finding of findings) process.stdout.write(`${formatFinding(finding)}\n`);
  const problems = findings.filter(({ state }) => state === 'problem').length;
  process.stdout.write(`${problems === 1 ? '1 problem' : `${problems} problems`}\n`);
  return problems > 0 ? 1 : 0;
}

async function examineStack(stack: Stack, config: StackConfig): Promise<Finding[]> {
  const { postgres, redis, search } = stack.services;
  const secrets = await loadSecrets(config.stateDirectory);
  const readModels = examineReadModels({
    database: postgres?.url ?? '',
    redis: redis?.url ?? '',
    redisPrefix: stack.prefixes.redis,
    search: searchServers({
      urls: process.env.MEILI_URLS ?? '',
      url: search?.url ?? '',
      keys: process.env.MEILI_MASTER_KEYS ?? '',
      key: config.meiliMasterKey ?? secrets.meiliMasterKey,
    }),
    searchPrefix: stack.prefixes.search,
  });
  const compared = readModels.catch((error: unknown) => [problem('Read models', (error as Error).message)]);
  const state = note('Stack', `${stack.state}, state and logs in ${config.stateDirectory}`);
  return [state, ...(await examineServices(stack)), ...(await compared)];
}

process.exitCode = await main();
