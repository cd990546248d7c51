import type { Language } from '@eduplatform/contracts/primitives';
import { wordsOf, type MailParams, type MailTemplate } from './templates.ts';

/** A mail that is ready to be sent. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  template: MailTemplate;
}

/** Where a template leads to in the storefront; the token of a mail that carries one is appended. */
const PATHS: Partial<Record<MailTemplate, string>> = {
  welcome: '/verify-email',
  email_verification: '/verify-email',
  password_reset: '/reset-password',
  password_changed: '/forgot-password',
  account_restored: '/sign-in',
};

export interface MailToRender {
  to: string;
  /** Null: the address was never confirmed. Whoever registered it could have chosen a name that is an advertisement. */
  name: string | null;
  language: Language;
  template: MailTemplate;
  params: MailParams[MailTemplate];
  /** What proves that the mail was read, for templates that ask for it. */
  token: string | null;
}

/** Puts a mail into words. `webUrl` is the storefront's origin. */
export function renderMail(mail: MailToRender, webUrl: string): Mail {
  const { to, template, params, language, name } = mail;
  const link = linkOf(mail, webUrl);
  const { subject, body } = wordsOf(template, language, { name: name && oneLine(name), link }, params as never);
  const text = [...body.filter((paragraph) => paragraph !== ''), 'EduPlatform'].join('\n\n');
  return { to: oneLine(to), subject: oneLine(subject), text: `${text}\n`, template };
}

function linkOf({ template, params, language, token }: MailToRender, webUrl: string): string {
  const path = 'link' in params ? params.link : PATHS[template];
  if (path === undefined || path === null) return '';
  const url = new URL(webUrl);
  // Set, not resolved: a path that begins with two slashes would be another host.
  const [pathname = '', query = ''] = path.split('?', 2);
  url.pathname = `${language === 'ru' ? '/ru' : ''}${pathname}`;
  url.search = query;
  if (token !== null) url.searchParams.set('token', token);
  return url.href;
}

/** Line breaks in a header would begin another header. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
