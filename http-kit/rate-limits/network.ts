import { isIPv4 } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';

/** The network that an address is in, which one household or server has: the first 24 bits of IPv4, 64 of IPv6. */
export function networkOf(ip: string): string {
  const address = normalizeIP(ip);
  return isIPv4(address) ? `${address.split('.').slice(0, 3).join('.')}.0` : address;
}
