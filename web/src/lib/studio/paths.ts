import { localizeHref } from '#lib/paraglide/runtime.js';

/** Paths of the studio in the reader's language. */
export const studioPath = (): string => localizeHref('/studio');
export const coursePath = (courseId: string): string => localizeHref(`/studio/courses/${courseId}`);
export const lessonPath = (courseId: string, lessonId: string): string =>
  localizeHref(`/studio/courses/${courseId}/lessons/${lessonId}`);

/** The sign-in page, which leads back to `url`. */
export const signInPath = (url: Pick<URL, 'pathname' | 'search'>): string =>
  localizeHref(`/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
