import type { AnnouncementBody } from '@eduplatform/contracts/http/admin';

export const TITLE_LENGTH = 200;
export const TEXT_LENGTH = 5000;

/** What was typed, and the fields that cannot be sent. */
export function announcementOf(typed: { title: string; text: string; link: string }): {
  body: AnnouncementBody;
  wrong: string[];
} {
  const title = typed.title.trim();
  const text = typed.text.trim();
  const link = typed.link.trim();
  const wrong = [
    ...(title && title.length <= TITLE_LENGTH ? [] : ['title']),
    ...(text && text.length <= TEXT_LENGTH ? [] : ['text']),
    ...(link === '' || isPath(link) ? [] : ['link']),
  ];
  return { body: { title, text, ...(link && { link }) }, wrong };
}

/** A path of this site; two slashes, or a slash and a backslash, would name another host. */
const isPath = (link: string): boolean => /^\/(?![/\\])[\u0021-\u007e]*$/.test(link) && link.length <= 300;
