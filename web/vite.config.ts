import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { messageOptions } from './messages.config.ts';

/** Hosts whose players a lesson may embed; the write API refuses any other. */
const videoHosts = ['https://www.youtube-nocookie.com', 'https://player.vimeo.com'] as const;

export default defineConfig(({ command }) => ({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin({
      ...messageOptions,
      // One module per message lets the bundler drop the unused ones; in development that would be hundreds of requests.
      outputStructure: command === 'build' ? 'message-modules' : 'locale-modules',
    }),
    sveltekit({
      adapter: adapter(),
      paths: { relative: false },
      csp: {
        // Nonces would make every answer differ; hashes leave equal pages equal.
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:', 'https:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'frame-src': [...videoHosts],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  environments: {
    ssr: {
      build: {
        rolldownOptions: {
          // Not bundled: the pages share one registry and one tracer with the server around them.
          external: [/^@eduplatform\/(observability|process-kit)\//],
        },
      },
    },
  },
  build: {
    // A font turned into a data: URL would be refused by font-src.
    assetsInlineLimit: 0,
  },
}));
