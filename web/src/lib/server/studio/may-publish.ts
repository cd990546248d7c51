import { optional } from '../catalog.ts';
import { loadMe } from '../account/me.ts';

/** Whether the person is known to be let publish. While the read API is away they may try: the write API decides. */
export async function mayPublishNow({ api, session }: Pick<App.Locals, 'api' | 'session'>): Promise<boolean> {
  if (session.viewer()?.role === 'admin') return true;
  const me = await optional(loadMe(api));
  return me?.isVerified ?? true;
}
