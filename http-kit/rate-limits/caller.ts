import { BlockList, isIPv6 } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';

const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv4');
}
privateAddresses.addAddress('::1', 'ipv6');
privateAddresses.addSubnet('fc00::', 7, 'ipv6');
privateAddresses.addSubnet('fe80::', 10, 'ipv6');

const isPrivate = (ip: string): boolean => privateAddresses.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');

/** What tells who asks. */
export type Asker = Pick<FastifyRequest, 'user' | 'headers' | 'ip' | 'socket'>;

/** Whom a request is counted for. */
export interface Caller {
  key: string;
  /** A private address that names nobody: it speaks for many (the storefront, a health check). */
  isUnnamed: boolean;
}

/**
 * Who is signed in; else the address, which behind a trusted proxy is the one that X-Forwarded-For names. One household
 * or server has a whole IPv6 network of 64 bits, so that counts as one address.
 */
export function callerOf(request: Asker, byAddress = false): Caller {
  if (request.user && !byAddress) return { key: `user ${request.user.sub}`, isUnnamed: false };
  if (request.headers['x-forwarded-for'] !== undefined) return named(request.ip, false);
  // The address of a connection stays the same for all its requests.
  const { socket } = request;
  let caller = ofConnections.get(socket);
  if (!caller) ofConnections.set(socket, (caller = named(request.ip, isPrivate(request.ip))));
  return caller;
}

const ofConnections = new WeakMap<Asker['socket'], Caller>();

const named = (ip: string, isUnnamed: boolean): Caller => ({
  key: `${isUnnamed ? 'unnamed' : 'address'} ${normalizeIP(ip)}`,
  isUnnamed,
});
