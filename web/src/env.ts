import { defineEnvVars } from '@sveltejs/kit/env';

const url =
  (fallback: string) =>
  (value: string | undefined): string => {
    const text = value || fallback;
    if (!URL.canParse(text)) throw new Error(`expected a URL, got ${JSON.stringify(text)}`);
    return text.replace(/\/+$/, '');
  };

/** What the storefront reads from the environment; `server/config.ts` holds what its HTTP server reads. */
export const variables = defineEnvVars({
  READ_API_URL: { schema: url('http://127.0.0.1:4001'), description: 'Base URL of the read API' },
  WRITE_API_URL: { schema: url('http://127.0.0.1:4002'), description: 'Base URL of the write API' },
  INDEXER_URL: { schema: url('http://127.0.0.1:4003'), description: 'Base URL of the indexer, for operators' },
  EDU_MODE: {
    schema: (value: string | undefined): 'demo' | 'production' => (value === 'demo' ? 'demo' : 'production'),
    description: 'demo shows the test cards at the checkout',
  },
  LOG_LEVEL: {
    schema: (value: string | undefined): string => value || 'info',
    description: 'Least level that is logged',
  },
});
