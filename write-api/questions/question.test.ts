import { describe, expect, it } from 'vitest';
import { acceptedAfter, assertMayAccept, assertMayAnswer, assertMayAsk, mayDelete } from './question.ts';

const refusal = (code: string) => expect.objectContaining({ code });

describe('questions', () => {
  it('are bounded, and so are their answers', () => {
    expect(() => assertMayAsk(99)).not.toThrow();
    expect(() => assertMayAsk(100)).toThrow(refusal('too_many'));
    expect(() => assertMayAnswer({ all: 199, own: 19 })).not.toThrow();
    expect(() => assertMayAnswer({ all: 200, own: 0 })).toThrow(refusal('too_many'));
    expect(() => assertMayAnswer({ all: 20, own: 20 })).toThrow(refusal('too_many'));
  });

  it.each([
    ['author', 'student', true],
    ['owner', 'teacher', true],
    ['stranger', 'admin', true],
    ['stranger', 'teacher', false],
    ['asker', 'student', false],
  ] as const)('of an author in an owner’s course are deleted by %s (%s): %s', (id, role, expected) => {
    expect(mayDelete('owner', 'author', { id, role })).toBe(expected);
  });

  it('are settled by who asked or teaches', () => {
    const question = { userId: 'asker', ownerId: 'owner' };
    for (const id of ['asker', 'owner']) expect(() => assertMayAccept(question, id)).not.toThrow();
    expect(() => assertMayAccept(question, 'stranger')).toThrow(refusal('forbidden'));
  });

  it('have one accepted answer, until another is marked or its mark is taken back', () => {
    expect(acceptedAfter(null, 'a', true)).toBe('a');
    expect(acceptedAfter('a', 'a', true)).toBe('a');
    expect(acceptedAfter('b', 'a', true)).toBe('a');
    expect(acceptedAfter('a', 'a', false)).toBeNull();
    expect(acceptedAfter('b', 'a', false)).toBe('b');
    expect(acceptedAfter(null, 'a', false)).toBeNull();
  });
});
