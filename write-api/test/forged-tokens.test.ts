import { afterAll, beforeAll, expect, it } from 'vitest';
import { genuine, sendForgedTokens, type Mint } from '@eduplatform/local/testing/forged-tokens/forged-tokens';
import { mintOf, startHarness, type Harness } from './harness.ts';

const LONG_MS = 900_000;
let harness: Harness;
let mint: Mint;
beforeAll(async () => {
  harness = await startHarness('demo', { rateLimits: { auth: 1e9 } });
  mint = mintOf((await harness.person('admin')).id);
});
afterAll(() => harness.stop());

it('admits a genuine token', async () => {
  const person = { id: mint.userId, token: genuine(mint) };
  expect((await harness.send('GET', '/v1/studio/courses', { as: person })).status).toBe(200);
});

it('refuses every forged token on every route', { timeout: LONG_MS }, async () => {
  const { admitted, sent } = await sendForgedTokens(harness.app, mint);
  expect(admitted).toEqual([]);
  expect(sent).toBeGreaterThan(200);
});
