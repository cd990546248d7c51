import { BlockList, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

const TIME_WINDOW_MS = 10_000;
/** What our own storefront gets when it asks without naming a caller. */
const UNNAMED_FACTOR = 10;

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

/**
 * A limit for each caller. Behind a trusted proxy the caller is whom X-Forwarded-For names; a private address that
 * names nobody speaks for many (the storefront, a health check) and may ask more often.
 */
export const callerRateLimit = (max: number) => ({
  timeWindow: TIME_WINDOW_MS,
  max: (request: FastifyRequest): number => (isUnnamed(request) ? max * UNNAMED_FACTOR : max),
  keyGenerator: (request: FastifyRequest): string => (isUnnamed(request) ? `unnamed ${request.ip}` : request.ip),
});

const isUnnamed = (request: FastifyRequest): boolean =>
  request.headers['x-forwarded-for'] === undefined && isPrivate(request.ip);
