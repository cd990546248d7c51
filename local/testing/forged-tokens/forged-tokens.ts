import type { App } from '@eduplatform/http-kit/server';
import { isLong, sampled } from '../scale.ts';
import { wrongContents } from './contents.ts';
import { damaged } from './damage.ts';
import { otherKeys, symmetric, unsigned } from './signatures.ts';
import type { ForgedToken, Mint } from './token.ts';

export { genuine, type Mint } from './token.ts';

/** Some three hundred tokens that an API must refuse, each with what is wrong with it. */
export const forgedTokens = (mint: Mint): ForgedToken[] =>
  [unsigned, symmetric, otherKeys, wrongContents, damaged].flatMap((forge) => forge(mint));

const ROUTES_IN_SHORT = 3;
const TOKENS_IN_SHORT = 12;
const SOME_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

type TestedApp = Pick<App, 'inject' | 'routeTable'>;

/** Sends forged tokens to routes; answers a line for each that was not refused with 401, and how many were sent. */
export async function sendForgedTokens(app: TestedApp, mint: Mint): Promise<{ admitted: string[]; sent: number }> {
  const tokens = forgedTokens(mint);
  const routes = app.routeTable.filter(({ url }) => !/^\/docs\b/.test(url));
  const fewRoutes = sampled(routes, ROUTES_IN_SHORT);
  const fewTokens = sampled(tokens, TOKENS_IN_SHORT);
  const admitted: string[] = [];
  let sent = 0;
  for (const route of routes) {
    for (const { name, token } of isLong || fewRoutes.includes(route) ? tokens : fewTokens) {
      const { statusCode } = await app.inject({
        method: route.method as 'GET',
        url: route.url.replaceAll(/:\w+/g, SOME_ID),
        headers: { authorization: `Bearer ${token}` },
      });
      sent += 1;
      if (statusCode !== 401) admitted.push(`${route.method} ${route.url} answered ${statusCode} to: ${name}`);
    }
  }
  return { admitted, sent };
}
