import type { Handle } from '@sveltejs/kit/hooks';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { THEME_COOKIE, toTheme, type Theme } from '../../theme.ts';

/** Renders in the language that the address names and in the theme that the cookie names, so that nothing flashes. */
export const localized: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) => {
    const theme = toTheme(event.cookies.get(THEME_COOKIE));
    event.locals.theme = theme;
    return resolve(event, {
      transformPageChunk: ({ html }) => html.replace('%app.locale%', locale).replace('%app.theme%', attribute(theme)),
      preload: ({ type }) => type === 'js' || type === 'css',
    });
  });

const attribute = (theme: Theme): string => (theme === 'system' ? '' : `data-theme="${theme}"`);
