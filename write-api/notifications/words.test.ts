import { describe, expect, it } from 'vitest';
import { NOTIFICATION_TYPES } from '@eduplatform/contracts/notifications';
import { LANGUAGES } from '@eduplatform/contracts/primitives';
import { notificationWords } from './words.ts';

const params = { courseTitle: 'Bread', name: 'Anna', title: 'Why?', text: 'Hi', reason: 'No', rating: '5', count: '2' };

describe('the words of a notification', () => {
  it.each(NOTIFICATION_TYPES.flatMap((type) => LANGUAGES.map((language) => [type, language] as const)))(
    'of the type %s exist in %s',
    (type, language) => {
      const { subject, text } = notificationWords(type, language, params);
      expect(subject).not.toBe('');
      expect(text).not.toBe('');
      expect(/[а-я]/i.test(subject)).toBe(language === 'ru' && type !== 'announcement');
    },
  );

  it('are not made without what they need', () => {
    expect(() => notificationWords('reviewed', 'en', { courseTitle: 'Bread' })).toThrow('"name"');
  });
});
