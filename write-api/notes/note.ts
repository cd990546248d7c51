import { ProblemError } from '@eduplatform/http-kit/problem';

/** A private note. */
export interface Note {
  text: string;
  version: number;
}

/** No note is an empty one. */
export const NO_NOTE: Note = { text: '', version: 0 };

/**
 * The note with another text, or null when that changes nothing. `seen` is the version that the writer saw; without it
 * the last one wins. Throws version_conflict.
 */
export function writeNote(note: Note, text: string, seen: number | undefined): Note | null {
  if (seen !== undefined && seen !== note.version) {
    throw new ProblemError('version_conflict', `you saw version ${seen}; the current version is ${note.version}`, {
      headers: { etag: `"${note.version}"` },
    });
  }
  const next = text.trim();
  if (next === note.text) return null;
  return next === '' ? NO_NOTE : { text: next, version: note.version + 1 };
}
