import { describe, expect, it } from 'vitest';
import { announcementOf } from './announcement.ts';

const typed = { title: ' New covers ', text: 'Look.\n', link: '' };

describe('an announcement', () => {
  it('is trimmed, and has no link when none was typed', () => {
    expect(announcementOf(typed)).toEqual({ body: { title: 'New covers', text: 'Look.' }, wrong: [] });
  });

  it.each(['/courses', '/courses/rust?x=1#a', '/'])('may link to %s', (link) => {
    expect(announcementOf({ ...typed, link })).toMatchObject({ body: { link }, wrong: [] });
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'courses', '/a b'])(
    'never links to %s',
    (link) => {
      expect(announcementOf({ ...typed, link }).wrong).toEqual(['link']);
    },
  );

  it('names what is missing or too long', () => {
    expect(announcementOf({ title: ' ', text: 'x'.repeat(5001), link: '' }).wrong).toEqual(['title', 'text']);
  });
});
