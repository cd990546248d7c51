import type { LessonAccess } from '@eduplatform/contracts/primitives';
import type { Reader } from '../http/reads.ts';

/** What of a lesson and its course decides who may open it. */
export interface AccessRow {
  is_free_preview: boolean;
  price_amount: number | null;
  teacher_id: string;
  /** Whether the reader is. */
  is_enrolled: boolean;
}

export function accessOf({
  is_free_preview,
  price_amount,
}: Pick<AccessRow, 'is_free_preview' | 'price_amount'>): LessonAccess {
  if (price_amount === null) return 'free';
  return is_free_preview ? 'preview' : 'paid';
}

/** Paid lessons are open to who is enrolled, to the teacher of the course and to admins. */
export const mayOpen = (row: AccessRow, reader: Reader): boolean =>
  accessOf(row) !== 'paid' ||
  (reader !== null && (row.is_enrolled || reader.role === 'admin' || reader.sub === row.teacher_id));
