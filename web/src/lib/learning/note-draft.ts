export type NoteState = 'saved' | 'pending' | 'saving' | 'conflict' | 'offline' | 'signed-out' | 'refused';

/** What became of saving a note. */
export type NoteOutcome =
  | { kind: 'saved'; version: number }
  | { kind: 'conflict' }
  | { kind: 'offline' }
  | { kind: 'signed-out' }
  | { kind: 'refused' };

/** Sends a text that is based on a version; null overwrites whatever is there. Never throws. */
type SendNote = (text: string, version: number | null) => Promise<NoteOutcome>;

const PAUSE_MS = 800;
/** Between attempts while nothing answers, or nobody is signed in: they may be again, in another tab. */
const RETRY_MS = 5_000;

/** A note that saves itself a moment after the last key, one save after another. */
export class NoteDraft {
  #text: string;
  #state: NoteState = 'saved';
  #saved: { text: string; version: number };
  readonly #send: SendNote;
  readonly #onstate: (state: NoteState) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(note: { text: string; version: number }, send: SendNote, onstate: (state: NoteState) => void) {
    this.#saved = note;
    this.#text = note.text;
    this.#send = send;
    this.#onstate = onstate;
  }

  get state(): NoteState {
    return this.#state;
  }

  typed(text: string): void {
    this.#text = text;
    if (this.#state === 'conflict') return;
    if (this.#state !== 'saving') this.#become('pending');
    this.#schedule(PAUSE_MS);
  }

  /** Saves at once what is not saved yet. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#state === 'saving' || this.#state === 'conflict') return;
    if (this.#text === this.#saved.text) {
      this.#become('saved');
      return;
    }
    await this.#save(this.#saved.version);
  }

  /** After a conflict: this text replaces the other one. */
  async keepMine(): Promise<void> {
    await this.#save(null);
  }

  /** After a conflict: the other text, as it was read anew. */
  takeTheirs(note: { text: string; version: number }): void {
    this.#saved = note;
    this.#text = note.text;
    this.#become('saved');
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #save(version: number | null): Promise<void> {
    const text = this.#text;
    this.#become('saving');
    const outcome = await this.#send(text, version);
    if (outcome.kind !== 'saved') {
      this.#become(outcome.kind);
      if (outcome.kind === 'offline' || outcome.kind === 'signed-out') this.#schedule(RETRY_MS);
      return;
    }
    this.#saved = { text, version: outcome.version };
    this.#become(this.#text === text ? 'saved' : 'pending');
    if (this.#state === 'pending') this.#schedule(PAUSE_MS);
  }

  #become(state: NoteState): void {
    this.#state = state;
    this.#onstate(state);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }
}
