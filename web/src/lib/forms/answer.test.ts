import { describe, expect, it } from 'vitest';
import { doneOf, errorOf, failureOf, valueOf, type FormFailed } from './answer.ts';

const failed: FormFailed = {
  form: 'profile',
  code: 'invalid_request',
  requestId: 'r',
  fields: ['name'],
  values: { name: '' },
};

describe('the answer of a form', () => {
  it('belongs to that form alone', () => {
    expect(failureOf(failed, 'profile')).toBe(failed);
    expect(failureOf(failed, 'password')).toBeNull();
    expect(doneOf({ form: 'profile', done: true }, 'profile')).not.toBeNull();
    expect(doneOf({ form: 'profile', done: true }, 'password')).toBeNull();
    expect(doneOf(failed, 'profile')).toBeNull();
    expect(failureOf(undefined, 'profile')).toBeNull();
  });

  it('shows what was typed again, even when that was nothing', () => {
    expect(valueOf(failed, 'profile', 'name', 'Ada')).toBe('');
    expect(valueOf(failed, 'profile', 'bio', 'stored')).toBe('stored');
    expect(valueOf(null, 'profile', 'name', 'Ada')).toBe('Ada');
  });

  it('marks the fields that were refused', () => {
    expect(errorOf(failed, 'profile', 'name', () => 'missing')).toBe('missing');
    expect(errorOf(failed, 'profile', 'bio', () => 'too long')).toBeUndefined();
    expect(errorOf(failed, 'password', 'name', () => 'missing')).toBeUndefined();
  });
});
