import { beforeEach, expect, it, vi } from 'vitest';
import { editBuffer } from './buffer.ts';
import type { Edit } from './edits.ts';

const edit = (target: string, mine: string): Edit => ({ target, field: 'title', base: '', mine });

beforeEach(() => {
  const items = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  });
});

it('gives back to a later visit what was not saved', () => {
  editBuffer('teacher', 'course').write([edit('a', 'Mine')]);
  expect(editBuffer('teacher', 'course').read()).toEqual([edit('a', 'Mine')]);
  expect(editBuffer('somebody else', 'course').read()).toEqual([]);
});

it('leaves alone what another tab keeps', () => {
  const first = editBuffer('teacher', 'course');
  const second = editBuffer('teacher', 'course');
  first.write([edit('a', 'First')]);
  second.write([edit('b', 'Second')]);
  second.write([]);
  expect(editBuffer('teacher', 'course').read()).toEqual([edit('a', 'First')]);
});

it('reads nothing from what is not its own', () => {
  localStorage.setItem('edu-studio:teacher:course', '{"broken"');
  expect(editBuffer('teacher', 'course').read()).toEqual([]);
});

it('says so when the browser refuses to keep anything', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  expect(editBuffer('teacher', 'course').write([edit('a', 'Mine')])).toBe(false);
});
