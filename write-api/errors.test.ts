import { describe, expect, it } from 'vitest';
import { mapError } from './errors.ts';

const withCode = (code: string, extra = {}): Error => Object.assign(new Error('x'), { code, ...extra });

describe('errors of Postgres', () => {
  it.each([
    withCode('ECONNREFUSED'),
    withCode('57P01'),
    withCode('08006'),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
  ])('say that nothing can be saved now: %s', (error) => {
    expect(mapError(error)).toMatchObject({ code: 'database_unavailable', headers: { 'retry-after': '2' } });
  });

  it.each(['55P03', '57014', '40P01'])('say that there is too much to do: %s', (code) => {
    expect(mapError(withCode(code))).toMatchObject({ code: 'overloaded', headers: { 'retry-after': '2' } });
  });

  it('name a character that cannot be stored, a user who is gone and a category that is gone', () => {
    expect(mapError(withCode('22021'))).toMatchObject({ code: 'invalid_request' });
    const foreignKey = (constraint: string) => mapError(withCode('23503', { constraint }));
    expect(foreignKey('courses_owner_id_fkey')).toMatchObject({ code: 'invalid_token' });
    expect(foreignKey('courses_category_slug_fkey')).toMatchObject({ code: 'invalid_request' });
  });

  it('that nobody foresaw stay internal', () => {
    expect(mapError(withCode('23505'))).toBeUndefined();
    expect(mapError(withCode('42P01'))).toBeUndefined();
    expect(mapError('text')).toBeUndefined();
  });
});
