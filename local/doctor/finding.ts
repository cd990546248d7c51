/** One line of the doctor's report. */
export interface Finding {
  topic: string;
  /** `note` is something worth knowing that is not wrong. */
  state: 'ok' | 'note' | 'problem';
  text: string;
}

export const ok = (topic: string, text: string): Finding => ({ topic, state: 'ok', text });
export const note = (topic: string, text: string): Finding => ({ topic, state: 'note', text });
export const problem = (topic: string, text: string): Finding => ({ topic, state: 'problem', text });

const MARKS = { ok: '✓', note: '·', problem: '✗' };

export function formatFinding({ topic, state, text }: Finding): string {
  return `  ${MARKS[state]} ${topic.padEnd(16)} ${text}`;
}
