import type { Language } from '@eduplatform/contracts/primitives';

/** What each mail needs to know besides the name of its reader. */
export interface MailParams {
  welcome: Record<never, never>;
  email_verification: Record<never, never>;
  password_reset: Record<never, never>;
  password_changed: Record<never, never>;
  account_suspended: { reason: string };
  account_restored: Record<never, never>;
  /** Words of their own, in the reader's language; `link` is a path of the storefront. */
  notification: { subject: string; text: string; link: string | null };
}
export type MailTemplate = keyof MailParams;

export interface MailText {
  subject: string;
  /** Paragraphs. */
  body: string[];
}

interface Reader {
  name: string;
  /** Where the mail leads to; empty when it leads nowhere. */
  link: string;
}

type Words = { [T in MailTemplate]: (reader: Reader, params: MailParams[T]) => MailText };

const en: Words = {
  welcome: ({ name, link }) => ({
    subject: 'Welcome to EduPlatform',
    body: [`Hello ${name},`, 'your account is ready. Please confirm that this address is yours:', link],
  }),
  email_verification: ({ name, link }) => ({
    subject: 'Confirm your email address',
    body: [`Hello ${name},`, 'please confirm that this address is yours. The link works for 48 hours:', link],
  }),
  password_reset: ({ name, link }) => ({
    subject: 'Reset your password',
    body: [
      `Hello ${name},`,
      'somebody asked to reset the password of your account. Choose a new one here; the link works once, for one hour:',
      link,
      'If it was not you, do nothing: your password stays as it is.',
    ],
  }),
  password_changed: ({ name, link }) => ({
    subject: 'Your password was changed',
    body: [
      `Hello ${name},`,
      'the password of your account was changed, and your other sessions were ended.',
      `If it was not you, reset it now: ${link}`,
    ],
  }),
  account_suspended: ({ name }, { reason }) => ({
    subject: 'Your account was suspended',
    body: [
      `Hello ${name},`,
      'your account was suspended. You cannot sign in until it is restored. The reason:',
      reason,
    ],
  }),
  account_restored: ({ name, link }) => ({
    subject: 'Your account was restored',
    body: [`Hello ${name},`, `your account was restored. You can sign in again: ${link}`],
  }),
  notification: ({ name, link }, { subject, text }) => ({ subject, body: [`Hello ${name},`, text, link] }),
};

const ru: Words = {
  welcome: ({ name, link }) => ({
    subject: 'Добро пожаловать в EduPlatform',
    body: [`Здравствуйте, ${name}!`, 'Ваша учётная запись создана. Подтвердите, пожалуйста, этот адрес:', link],
  }),
  email_verification: ({ name, link }) => ({
    subject: 'Подтвердите адрес почты',
    body: [`Здравствуйте, ${name}!`, 'Подтвердите, пожалуйста, этот адрес. Ссылка действует 48 часов:', link],
  }),
  password_reset: ({ name, link }) => ({
    subject: 'Сброс пароля',
    body: [
      `Здравствуйте, ${name}!`,
      'Кто-то попросил сбросить пароль вашей учётной записи. Выберите новый по ссылке; она действует один раз, в течение часа:',
      link,
      'Если это были не вы, ничего не делайте: пароль останется прежним.',
    ],
  }),
  password_changed: ({ name, link }) => ({
    subject: 'Ваш пароль изменён',
    body: [
      `Здравствуйте, ${name}!`,
      'Пароль вашей учётной записи изменён, остальные сеансы завершены.',
      `Если это были не вы, сразу сбросьте его: ${link}`,
    ],
  }),
  account_suspended: ({ name }, { reason }) => ({
    subject: 'Ваша учётная запись заблокирована',
    body: [
      `Здравствуйте, ${name}!`,
      'Ваша учётная запись заблокирована. Войти нельзя, пока её не восстановят. Причина:',
      reason,
    ],
  }),
  account_restored: ({ name, link }) => ({
    subject: 'Ваша учётная запись восстановлена',
    body: [`Здравствуйте, ${name}!`, `Ваша учётная запись восстановлена. Можно снова войти: ${link}`],
  }),
  notification: ({ name, link }, { subject, text }) => ({ subject, body: [`Здравствуйте, ${name}!`, text, link] }),
};

const WORDS: Record<Language, Words> = { en, ru };

export const isMailTemplate = (name: string): name is MailTemplate => Object.hasOwn(en, name);

/** The words of a mail. The template decides which parameters there are; they are checked where they are queued. */
export const wordsOf = <T extends MailTemplate>(
  template: T,
  language: Language,
  reader: Reader,
  params: MailParams[T],
): MailText => WORDS[language][template](reader, params);
