import type { IndexerStatus } from '@eduplatform/contracts/http/indexer';
import { DEMO_LOGINS, DEMO_PASSWORD } from '@eduplatform/seed/demo-logins';
import { setTimeout as delay } from 'node:timers/promises';
import { BuildRates } from './build-rates.ts';

const LOOK_MS = 500;
const TIMEOUT_MS = 5_000;

/**
 * Tells how the read models come along while the indexer starts, in documents a second for each, and answers how long each
 * has taken. Ends with `starting`, whatever becomes of it.
 */
export async function watchBuild(
  { indexer, writeApi }: { indexer: string; writeApi: string },
  starting: Promise<void>,
  note: (text: string) => void,
): Promise<string> {
  const rates = new BuildRates();
  const ended = new AbortController();
  const end = (): void => ended.abort();
  starting.then(end, end);
  let token: string | null = null;
  while (!ended.signal.aborted) {
    try {
      token ??= await signIn(writeApi);
      const status = await readStatus(indexer, token);
      if (status) rates.add(status.sinks, performance.now());
      // The token is as good as a quarter of an hour.
      else token = null;
      note(rates.describe());
    } catch {
      // One of the two does not answer yet; when that stays so, the start fails and says why.
      note(rates.describe());
    }
    await delay(LOOK_MS, undefined, { signal: ended.signal }).catch(() => undefined);
  }
  rates.end();
  return rates.describe();
}

async function signIn(writeApi: string): Promise<string> {
  const admin = DEMO_LOGINS.find(({ role }) => role === 'admin');
  const response = await fetch(`${writeApi}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: admin?.email, password: DEMO_PASSWORD }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`signing in for the rates was answered with ${response.status}`);
  return ((await response.json()) as { accessToken: string }).accessToken;
}

/** Null when the token is not taken any more. */
async function readStatus(indexer: string, token: string): Promise<IndexerStatus | null> {
  const response = await fetch(`${indexer}/v1/admin/indexer/status`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 401) return null;
  if (!response.ok) throw new Error(`the status was answered with ${response.status}`);
  return (await response.json()) as IndexerStatus;
}
