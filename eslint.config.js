import eslint from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { architecture } from './eslint-rules/architecture.js';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'web/build/',
      '**/.svelte-kit/',
      '**/coverage/',
      '.local/',
      'web/src/lib/paraglide/',
      'seed/content/',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    plugins: { architecture },
    rules: {
      'architecture/imports': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-control-regex': 'off',
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    files: ['web/src/**'],
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      // Links go through `href()` of web/src/lib/i18n/locale.ts, which adds the language; there is no base path.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    // The one place that renders HTML: what the write API sanitized.
    files: ['web/src/lib/components/TrustedHtml.svelte'],
    rules: { 'svelte/no-at-html-tags': 'off' },
  },
);
