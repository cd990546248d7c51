import type { Preview } from '@eduplatform/contracts/http/studio';
import { ApiError } from '../problem.ts';
import type { Api } from '../api.ts';
import { failureOf } from './command.ts';
import type { PreviewResult } from '../../studio/answers.ts';

/** Markdown as readers would see it: sanitized by the write API, or why it cannot be shown. */
export async function renderPreview(
  { api, requestId }: { api: Api; requestId: string },
  markdown: string,
): Promise<PreviewResult> {
  if (markdown.trim() === '') return { html: '' };
  try {
    const { data } = await api.write<Preview>('POST', '/v1/studio/preview', { body: { markdown } });
    return { html: data.html };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { html: null, failure: failureOf(error, requestId) };
  }
}
