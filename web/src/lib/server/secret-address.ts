import type { RequestEvent } from '@sveltejs/kit';

/**
 * For pages whose address holds a token: nobody, this site included, is sent the address as a referrer, and no cache
 * keeps it. Such pages load nothing from elsewhere either. Not `no-referrer`: browsers then send forms with the origin
 * `null`, which is refused, and without scripts the page could not be used.
 */
export function keepAddressSecret({ setHeaders }: Pick<RequestEvent, 'setHeaders'>): void {
  setHeaders({ 'referrer-policy': 'strict-origin', 'cache-control': 'no-store' });
}
