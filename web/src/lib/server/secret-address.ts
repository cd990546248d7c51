import type { RequestEvent } from '@sveltejs/kit';

/**
 * For pages whose address holds a token: it is sent to nobody as a referrer and kept by no cache. Such pages load
 * nothing from elsewhere either.
 */
export function keepAddressSecret({ setHeaders }: Pick<RequestEvent, 'setHeaders'>): void {
  setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
}
