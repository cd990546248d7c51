import { describe, expect, it } from 'vitest';
import { listMember, MEMBER_SEPARATOR } from '@eduplatform/contracts/redis-keys';
import { checkMember } from './list-page.ts';

const ID = '0190a8f0-0000-7000-8000-000000000001';

describe('a place in a list', () => {
  it.each([listMember([1], ID), listMember([5, 1], ID)])('is a member of it', (member) => {
    expect(checkMember(member)).toBe(member);
  });

  it.each(['', ID, listMember([1], 'x'), `1${MEMBER_SEPARATOR}${ID}`, `${listMember([1], ID)}${MEMBER_SEPARATOR}`])(
    'is nothing else: %j',
    (text) => {
      expect(() => checkMember(text)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
    },
  );
});
