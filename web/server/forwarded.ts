import type { IncomingMessage } from 'node:http';

/** The header by which the adapter learns the protocol; every request carries it once `setOrigin` has run. */
export const PROTOCOL_HEADER = 'x-forwarded-proto';
export const HOST_HEADER = 'x-forwarded-host';

/**
 * Gives each request exactly one protocol and host, so that the framework compares a form's Origin with the address
 * that the visitor really used: `http://192.168.1.5:3000` as well as an https proxy in front.
 * Neither header can be set by a page of another site, so believing the protocol opens nothing to it. The host is
 * believed only behind a declared proxy, because it ends up in canonical links; so is the chain of addresses, because
 * visitors who write it themselves would choose whose rate limit they use up.
 */
export function setOrigin(request: IncomingMessage, trustProxy: boolean): void {
  const { headers } = request;
  const isEncrypted = 'encrypted' in request.socket && request.socket.encrypted === true;
  const forwarded = firstOf(headers[PROTOCOL_HEADER]);
  headers[PROTOCOL_HEADER] = forwarded === 'https' || isEncrypted ? 'https' : 'http';

  if (!trustProxy) delete headers['x-forwarded-for'];
  const host = trustProxy ? firstOf(headers[HOST_HEADER]) : undefined;
  if (host) headers[HOST_HEADER] = host;
  else delete headers['x-forwarded-host'];
}

/** Proxies in a row append to the header; the first one is the nearest to the visitor. */
const firstOf = (value: string | string[] | undefined): string | undefined =>
  (typeof value === 'string' ? value : value?.[0])?.split(',')[0]?.trim().toLowerCase();
