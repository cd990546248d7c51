/** `system` follows the device; the others are remembered in a cookie. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'edu_theme';

export const toTheme = (text: string | undefined): Theme => THEMES.find((theme) => theme === text) ?? 'system';
