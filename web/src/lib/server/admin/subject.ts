import { isUuid } from '@eduplatform/contracts/primitives';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MAX_LENGTH = 80;

/**
 * What somebody asks about: the id or slug of a course, the id of a lesson, or the address of either, in the catalog or
 * in the studio, in either language. Null when the text can be none of these.
 */
export function subjectOf(text: string): string | null {
  const words = text.trim().toLowerCase();
  return words.includes('/') ? ofAddress(words) : nameOf(words);
}

function ofAddress(address: string): string | null {
  const path = URL.canParse(address) ? new URL(address).pathname : (address.split(/[?#]/)[0] ?? '');
  const parts = path.split('/').filter(Boolean);
  const at = parts.indexOf('courses');
  const [course, kind, lesson] = at < 0 ? [] : parts.slice(at + 1);
  if (course === undefined) return null;
  return nameOf(kind === 'lessons' && lesson !== undefined ? lesson : course);
}

const nameOf = (text: string): string | null =>
  text.length <= MAX_LENGTH && (isUuid(text) || SLUG.test(text)) ? text : null;
