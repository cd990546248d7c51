import { error } from '@sveltejs/kit';
import { drawCover, parseCoverName } from '#lib/covers/cover.ts';
import type { RequestHandler } from './$types';

/** The name holds all that the drawing depends on, so it never changes under its address. */
export const GET: RequestHandler = ({ params }) => {
  const seed = parseCoverName(params.name);
  if (!seed) error(404, 'no such cover', { code: 'not_found', requestId: '' });
  return new Response(drawCover(seed), {
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
    },
  });
};
