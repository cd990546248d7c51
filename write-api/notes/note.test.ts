import { describe, expect, it } from 'vitest';
import { NO_NOTE, writeNote } from './note.ts';

const note = { text: 'Flour', version: 3 };

describe('writing a note', () => {
  it('trims it and counts its versions', () => {
    expect(writeNote(NO_NOTE, ' Flour\n', 0)).toEqual({ text: 'Flour', version: 1 });
    expect(writeNote(note, 'Flour, water', 3)).toEqual({ text: 'Flour, water', version: 4 });
  });

  it('of the same text changes nothing', () => {
    expect(writeNote(note, ' Flour', 3)).toBeNull();
    expect(writeNote(NO_NOTE, '  ', undefined)).toBeNull();
  });

  it('of nothing deletes it', () => {
    expect(writeNote(note, ' ', 3)).toEqual(NO_NOTE);
  });

  it.each([0, 2, 4])('that was seen at version %d is refused', (seen) => {
    expect(() => writeNote(note, 'Water', seen)).toThrow(expect.objectContaining({ code: 'version_conflict' }));
  });

  it('without a version wins', () => {
    expect(writeNote(note, 'Water', undefined)).toEqual({ text: 'Water', version: 4 });
  });
});
