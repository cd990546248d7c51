import { keyOf, type Edit } from './edits.ts';

/** Keeps unsaved edits in this browser, so that a closed tab or a lost connection loses nothing. */
export interface EditBuffer {
  read(): Edit[];
  /** Replaces what is kept; nothing to keep removes it. False when the browser refuses (full, or private mode). */
  write(edits: readonly Edit[]): boolean;
}

/** The buffer of one course for one person; the next person at this computer does not get it. */
export function editBuffer(viewerId: string, courseId: string): EditBuffer {
  const key = `edu-studio:${viewerId}:${courseId}`;
  // Other tabs keep their edits in the same place; each replaces and removes only its own.
  let own = new Set<string>();

  function readAll(): Edit[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isEdit) : [];
    } catch {
      // Unreadable or forbidden: there is nothing to restore.
      return [];
    }
  }

  return {
    read() {
      const edits = readAll();
      own = new Set(edits.map(keyOf));
      return edits;
    },
    write(edits) {
      const next = new Set(edits.map(keyOf));
      const others = readAll().filter((edit) => !own.has(keyOf(edit)) && !next.has(keyOf(edit)));
      own = next;
      const kept = [...others, ...edits];
      try {
        if (kept.length === 0) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },
  };
}

const isEdit = (value: unknown): value is Edit =>
  typeof value === 'object' && value !== null && 'target' in value && 'field' in value && 'mine' in value;
