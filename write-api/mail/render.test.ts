import { describe, expect, it } from 'vitest';
import { renderMail, type MailToRender } from './render.ts';

const mail: MailToRender = {
  to: 'ann@example.com',
  name: 'Ann',
  language: 'en',
  template: 'password_reset',
  params: {},
  token: 'a+b/c',
};
const WEB = 'https://school.example';

describe('a mail', () => {
  it('leads to the storefront in the language of its reader, with the token', () => {
    expect(renderMail(mail, WEB).text).toContain(`${WEB}/reset-password?token=a%2Bb%2Fc\n`);
    const russian = renderMail({ ...mail, language: 'ru' }, WEB);
    expect(russian.subject).toBe('Сброс пароля');
    expect(russian.text).toContain(`${WEB}/ru/reset-password?token=`);
  });

  it('names its reader in their language, or nobody', () => {
    const greeting = (language: 'en' | 'ru', name: string | null) =>
      renderMail({ ...mail, language, name }, WEB).text.split('\n')[0];
    expect([greeting('en', 'Ann'), greeting('ru', 'Ann')]).toEqual(['Hello Ann,', 'Здравствуйте, Ann!']);
    expect([greeting('en', null), greeting('ru', null)]).toEqual(['Hello,', 'Здравствуйте!']);
  });

  it('cannot be given headers through a name, an address or a subject', () => {
    const params = { subject: 'Hi\r\nBcc: all@example.com', text: 'Text', link: null };
    const rendered = renderMail({ ...mail, to: 'a@b.c\nX: y', name: 'A\r\nB', template: 'notification', params }, WEB);
    expect(rendered.subject).toBe('Hi Bcc: all@example.com');
    expect(rendered.to).toBe('a@b.c X: y');
    expect(rendered.text).toContain('Hello A B,');
  });

  it('leads nowhere when it has no link, and never away from the storefront by a path', () => {
    const notification = (link: string | null) =>
      renderMail({ ...mail, template: 'notification', params: { subject: 'S', text: 'T', link }, token: null }, WEB)
        .text;
    expect(notification(null)).toBe('Hello Ann,\n\nT\n\nEduPlatform\n');
    expect(notification('/courses/bread')).toContain(`${WEB}/courses/bread`);
    expect(notification('//evil.example/x')).not.toContain('https://evil.example');
  });
});
