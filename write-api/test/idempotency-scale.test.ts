import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Answer, type Harness } from './harness.ts';
import { commandsToSendOnce, sendOnce, type Once } from './support/once.ts';

const isLong = process.env.EDU_TEST_SCALE === 'long';
const COMMANDS = 7;
/** Keys over all commands, and how often each is sent at the same moment. */
const KEYS = isLong ? 10_000 : 200;
const ATTEMPTS = 5;
/** Keys in flight at the same time. */
const AT_ONCE = 4;
const TIMEOUT_MS = isLong ? 3_600_000 : 120_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const said = ({ status, text, headers }: Answer): unknown => ({
  status,
  text,
  etag: headers.etag,
  position: headers['x-outbox-position'],
});

/** What one key brings: sent many times at once, again later, and with other parameters. */
async function attempt(once: Once, n: number): Promise<void> {
  const request = once.request(n);
  const key = `${once.name.replaceAll(/[^a-z]/g, '-')}-${n}`;
  const first = await Promise.all(Array.from({ length: ATTEMPTS }, () => sendOnce(harness, request, key)));
  expect(first[0]?.status, `${once.name}: ${first[0]?.text}`).toBe(once.status);
  const later = await sendOnce(harness, request, key);
  for (const answer of [...first, later]) expect(said(answer)).toEqual(said(first[0] as Answer));
  const { url = request.url, body } = once.other(n);
  const other = await sendOnce(harness, { as: request.as, url, ...(body !== undefined && { body }) }, key);
  expect(other.body).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
}

describe(`${KEYS} Idempotency-Keys, each sent ${ATTEMPTS} times at the same moment`, () => {
  it(
    'have one effect each; every answer is the same in status and body, and other parameters are refused',
    async () => {
      const perKind = Math.ceil(KEYS / COMMANDS);
      const kinds = await commandsToSendOnce(harness, perKind);
      expect(kinds).toHaveLength(COMMANDS);
      for (const once of kinds) {
        const numbers = Array.from({ length: perKind }, (_, n) => n).values();
        const work = async (): Promise<void> => {
          for (const n of numbers) await attempt(once, n);
        };
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        expect(await once.effects(), once.name).toBe(perKind);
      }
    },
    TIMEOUT_MS,
  );
});
