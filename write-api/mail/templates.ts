import type { Language } from '@eduplatform/contracts/primitives';

/** What each mail needs to know besides its reader. */
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
  /** How the mail begins. */
  greeting: string;
  /** Where the mail leads to; empty when it leads nowhere. */
  link: string;
}

type Words = { [T in MailTemplate]: (reader: Reader, params: MailParams[T]) => MailText };

const en: Words = {
  welcome: ({ greeting, link }) => ({
    subject: 'Welcome to EduPlatform',
    body: [greeting, 'your account is ready. Please confirm that this address is yours:', link],
  }),
  email_verification: ({ greeting, link }) => ({
    subject: 'Confirm your email address',
    body: [greeting, 'please confirm that this address is yours. The link works for 48 hours:', link],
  }),
  password_reset: ({ greeting, link }) => ({
    subject: 'Reset your password',
    body: [
      greeting,
      'somebody asked to reset the password of your account. Choose a new one here; the link works once, for one hour:',
      link,
      'If it was not you, do nothing: your password stays as it is.',
    ],
  }),
  password_changed: ({ greeting, link }) => ({
    subject: 'Your password was changed',
    body: [
      greeting,
      'the password of your account was changed, and your other sessions were ended.',
      `If it was not you, reset it now: ${link}`,
    ],
  }),
  account_suspended: ({ greeting }, { reason }) => ({
    subject: 'Your account was suspended',
    body: [greeting, 'your account was suspended. You cannot sign in until it is restored. The reason:', reason],
  }),
  account_restored: ({ greeting, link }) => ({
    subject: 'Your account was restored',
    body: [greeting, `your account was restored. You can sign in again: ${link}`],
  }),
  notification: ({ greeting, link }, { subject, text }) => ({ subject, body: [greeting, text, link] }),
};

const ru: Words = {
  welcome: ({ greeting, link }) => ({
    subject: 'Добро пожаловать в EduPlatform',
    body: [greeting, 'Ваша учётная запись создана. Подтвердите, пожалуйста, этот адрес:', link],
  }),
  email_verification: ({ greeting, link }) => ({
    subject: 'Подтвердите адрес почты',
    body: [greeting, 'Подтвердите, пожалуйста, этот адрес. Ссылка действует 48 часов:', link],
  }),
  password_reset: ({ greeting, link }) => ({
    subject: 'Сброс пароля',
    body: [
      greeting,
      'Кто-то попросил сбросить пароль вашей учётной записи. Выберите новый по ссылке; она действует один раз, в течение часа:',
      link,
      'Если это были не вы, ничего не делайте: пароль останется прежним.',
    ],
  }),
  password_changed: ({ greeting, link }) => ({
    subject: 'Ваш пароль изменён',
    body: [
      greeting,
      'Пароль вашей учётной записи изменён, остальные сеансы завершены.',
      `Если это были не вы, сразу сбросьте его: ${link}`,
    ],
  }),
  account_suspended: ({ greeting }, { reason }) => ({
    subject: 'Ваша учётная запись заблокирована',
    body: [greeting, 'Ваша учётная запись заблокирована. Войти нельзя, пока её не восстановят. Причина:', reason],
  }),
  account_restored: ({ greeting, link }) => ({
    subject: 'Ваша учётная запись восстановлена',
    body: [greeting, `Ваша учётная запись восстановлена. Можно снова войти: ${link}`],
  }),
  notification: ({ greeting, link }, { subject, text }) => ({ subject, body: [greeting, text, link] }),
};

const WORDS: Record<Language, Words> = { en, ru };

export const isMailTemplate = (name: string): name is MailTemplate => Object.hasOwn(en, name);

const GREETINGS: Record<Language, (name: string | null) => string> = {
  en: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  ru: (name) => (name === null ? 'Здравствуйте!' : `Здравствуйте, ${name}!`),
};

/** The words of a mail. The template decides which parameters there are; they are checked where they are queued. */
export const wordsOf = <T extends MailTemplate>(
  template: T,
  language: Language,
  { name, link }: { name: string | null; link: string },
  params: MailParams[T],
): MailText => WORDS[language][template]({ greeting: GREETINGS[language](name), link }, params);
