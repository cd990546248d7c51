/** How messages are compiled; shared by the bundler and by `npm run messages`, which type checks need. */
export const messageOptions = {
  project: './project.inlang',
  outdir: './src/lib/paraglide',
  // The address alone names the language: nobody is redirected by a cookie or by Accept-Language.
  strategy: ['url', 'baseLocale'] satisfies ['url', 'baseLocale'],
  urlPatterns: [
    {
      pattern: '/:path(.*)?',
      localized: [
        ['ru', '/ru/:path(.*)?'],
        ['en', '/:path(.*)?'],
      ] satisfies [string, string][],
    },
  ],
};
