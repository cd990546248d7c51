import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoteDraft, type NoteOutcome, type NoteState } from './note-draft.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const onstate = vi.fn<(state: NoteState) => void>();
const send = vi.fn<(text: string, version: number | null) => Promise<NoteOutcome>>();
const draftOf = (): NoteDraft => {
  onstate.mockReset();
  send.mockReset().mockImplementation((_, version) => Promise.resolve({ kind: 'saved', version: (version ?? 6) + 1 }));
  return new NoteDraft({ text: 'as it was', version: 3 }, send, onstate);
};

describe('a note', () => {
  it('is saved once, a moment after the last key', async () => {
    const draft = draftOf();
    draft.typed('a');
    draft.typed('ab');
    expect(draft.state).toBe('pending');
    await vi.runAllTimersAsync();
    expect(send.mock.calls).toEqual([['ab', 3]]);
    expect(onstate.mock.calls.flat()).toEqual(['pending', 'pending', 'saving', 'saved']);
  });

  it('bases each save on the version that the last one made', async () => {
    const draft = draftOf();
    draft.typed('a');
    await draft.flush();
    draft.typed('b');
    await draft.flush();
    expect(send.mock.calls).toEqual([
      ['a', 3],
      ['b', 4],
    ]);
  });

  it('saves what was typed while a save was on its way after that save', async () => {
    const draft = draftOf();
    const answered = Promise.withResolvers<NoteOutcome>();
    send.mockReturnValueOnce(answered.promise);
    draft.typed('a');
    const saving = draft.flush();
    draft.typed('ab');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(send).toHaveBeenCalledTimes(1);
    answered.resolve({ kind: 'saved', version: 4 });
    await saving;
    await vi.runAllTimersAsync();
    expect(send.mock.calls.at(-1)).toEqual(['ab', 4]);
    expect(draft.state).toBe('saved');
  });

  it.each(['offline', 'signed-out'] as const)('is tried again while nobody takes it (%s)', async (kind) => {
    const draft = draftOf();
    send.mockResolvedValueOnce({ kind });
    draft.typed('a');
    await draft.flush();
    expect(draft.state).toBe(kind);
    await vi.runAllTimersAsync();
    expect(draft.state).toBe('saved');
  });

  it('waits for a choice when it was changed elsewhere', async () => {
    const draft = draftOf();
    send.mockResolvedValueOnce({ kind: 'conflict' });
    draft.typed('mine');
    await draft.flush();
    draft.typed('mine too');
    await vi.runAllTimersAsync();
    expect(send).toHaveBeenCalledTimes(1);
    await draft.keepMine();
    expect(send.mock.calls.at(-1)).toEqual(['mine too', null]);
    expect(draft.state).toBe('saved');
  });

  it('can be replaced by the other text', async () => {
    const draft = draftOf();
    send.mockResolvedValueOnce({ kind: 'conflict' });
    draft.typed('mine');
    await draft.flush();
    draft.takeTheirs({ text: 'theirs', version: 9 });
    expect(draft.state).toBe('saved');
    draft.typed('theirs and mine');
    await draft.flush();
    expect(send.mock.calls.at(-1)).toEqual(['theirs and mine', 9]);
  });

  it('is not sent when nothing changed', async () => {
    const draft = draftOf();
    await draft.flush();
    expect(send).not.toHaveBeenCalled();
  });
});
