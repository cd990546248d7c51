import { renderPreview } from '#lib/server/studio/preview.ts';
import type { RequestHandler } from './$types';

/** Markdown in, what readers would see out; always 200, because a refusal is part of what the preview shows. */
export const POST: RequestHandler = async (event) => {
  return Response.json(await renderPreview(event.locals, await event.request.text()));
};
