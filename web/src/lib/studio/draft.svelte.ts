import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import type { CommandFailed } from './answers.ts';
import type { EditBuffer } from './buffer.ts';
import { editForm } from './edit-form.ts';
import { COURSE, editsOf, keyOf, mergeEdits, partOf, type Edit, type Merged, type Target } from './edits.ts';
import { failureKind } from './failure.ts';
import { coursePath, lessonPath } from './paths.ts';
import { Refusals } from './refusals.svelte.ts';
import { ask, send, type Sent } from './send.ts';

export type SaveState = 'saved' | 'pending' | 'saving' | 'refused' | 'offline' | 'conflict' | 'signed-out' | 'gone';

interface CommandOptions {
  /** Once more after a conflict, with the version that was read then. */
  retry?: boolean;
  /** Called when the answer is there, before the draft is read anew. */
  onDone?: () => void;
  /** Replaces the one before it, so that only the last of several needs the draft read anew. */
  isRepeated?: boolean;
}

const SAVE_AFTER_MS = 700;
const RETRY_MS = { first: 2_000, most: 30_000 };

/**
 * A draft that is being edited: the working copy that the forms are bound to, saved by itself a moment after the
 * last key. Commands go one after the other, because each needs the version that the one before it made.
 */
export class Draft {
  course = $state() as StudioCourse;
  save: SaveState = $state('saved');
  savedAt: string = $state('');
  readonly refusals = new Refusals();
  /** Fields that were also changed elsewhere; nothing is saved until the teacher has chosen. */
  contested: Merged['contested'] = $state.raw([]);
  /** Words that were written in a lesson which is no longer there. */
  orphaned: Edit[] = $state.raw([]);
  /** Unsaved words from an earlier visit are back. */
  restored: boolean = $state(false);
  /** The browser keeps unsaved words; false when it refused. */
  kept: boolean = $state(true);

  #base: StudioCourse;
  #buffer: EditBuffer | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_MS.first;
  /** Commands that are under way or wait for their turn. */
  #waiting = 0;

  constructor(course: StudioCourse) {
    this.#base = structuredClone(course);
    this.course = structuredClone(course);
    this.savedAt = course.updatedAt;
  }

  /** The text of a field as the server has it. */
  savedText(target: Target, field: Edit['field']): string {
    return String(partOf(this.#base, target)?.[field] ?? '');
  }

  /** A command has not been answered yet; leaving now could lose it. */
  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  get hasUnsaved(): boolean {
    return this.#edits().length > 0;
  }

  /** Brings back what an earlier visit could not save, and keeps unsaved words from here on. */
  keepIn(buffer: EditBuffer): void {
    this.#buffer = buffer;
    const edits = buffer.read();
    if (edits.length > 0) {
      this.#merge(this.#base, [...edits, ...this.#edits()]);
      this.restored = this.hasUnsaved;
    }
    // Also what was typed before the scripts ran.
    if (this.hasUnsaved) this.touched();
  }

  /** Takes over what the server says now; what was typed stays. */
  adopt(theirs: StudioCourse): void {
    if (theirs.id !== this.#base.id || theirs.version < this.#base.version) return;
    this.#merge(
      structuredClone(theirs),
      this.#edits().map((edit) => this.#withOldBase(edit)),
    );
  }

  /** To be called after every change of the working copy. */
  touched(): void {
    const edits = this.#keep();
    if (this.contested.length > 0) return;
    if (edits.length === 0) {
      if (this.save === 'pending' || this.save === 'refused') this.#settled();
      return;
    }
    if (this.save !== 'saving' && this.save !== 'gone') this.save = 'pending';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  /** Saves now what is not saved yet; true when nothing is left. */
  flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    return this.#enqueue(() => this.#saveAll());
  }

  /** Runs another command on the draft (of its outline, for publishing) after what is waiting, then reads the draft anew. */
  command(action: string, form: FormData, options: CommandOptions = {}): Promise<Sent> {
    this.#waiting += 1;
    if (this.save === 'saved') this.save = 'saving';
    return this.#enqueue(async () => {
      await this.#saveAll();
      const sent = await this.#run(action, form, options);
      this.#waiting -= 1;
      if (sent.done && (this.#waiting === 0 || !options.isRepeated)) await this.#refresh();
      if (this.save === 'saving' && this.#waiting === 0 && !this.hasUnsaved) this.save = 'saved';
      return sent;
    });
  }

  /** Deletes the course; what was typed and not saved goes with it. */
  remove(action: string): Promise<Sent> {
    return this.#enqueue(async () => {
      const sent = await this.#send(action, new FormData());
      if (!sent.failed) this.#buffer?.write([]);
      return sent;
    });
  }

  /** Reads the draft anew, after what is waiting. */
  reread(): Promise<boolean> {
    return this.#enqueue(() => this.#refresh());
  }

  /** Ends a conflict: with my words, or for one field with theirs. */
  keepMine(): void {
    this.contested = [];
    void this.flush();
  }

  takeTheirs(choice: Merged['contested'][number]): void {
    const part = partOf(this.course, choice.target);
    if (part) part[choice.field] = choice.theirs;
    this.contested = this.contested.filter((other) => other !== choice);
    this.#keep();
    if (this.contested.length === 0) void this.flush();
  }

  /** Forgets what was written in lessons that are gone. */
  dropOrphaned(): void {
    this.orphaned = [];
    this.#keep();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #send(action: string, form: FormData): Promise<Sent> {
    form.set('version', String(this.#base.version));
    return send(action, form);
  }

  async #run(action: string, form: FormData, { retry = true, onDone }: CommandOptions): Promise<Sent> {
    let sent = await this.#send(action, form);
    if (retry && sent.failed && failureKind(sent.failed) === 'conflict' && (await this.#refresh())) {
      sent = await this.#send(action, form);
    }
    if (sent.done) {
      onDone?.();
      this.#saved(sent.done.version, sent.done.at);
    }
    return sent;
  }

  async #saveAll(): Promise<boolean> {
    for (;;) {
      if (this.contested.length > 0) return false;
      const edits = this.#edits();
      const next = Map.groupBy(edits, ({ target }) => target)
        .entries()
        .find(([target, own]) => !this.refusals.has(target, own));
      if (!next) {
        if (edits.length === 0) this.#settled();
        return edits.length === 0;
      }
      const [target, own] = next;
      this.save = 'saving';
      const sent = await this.#send(this.#actionOf(target), editForm(this.#base.version, own));
      if (sent.done) this.#applied(target, own, sent.done);
      else if (!sent.failed || !(await this.#failed(target, own, sent.failed))) return false;
    }
  }

  #applied(target: Target, edits: Edit[], { version, at }: { version: number; at: string }): void {
    const base = partOf(this.#base, target);
    for (const { field, mine } of edits) if (base) base[field] = mine;
    this.refusals.drop(target);
    this.#saved(version, at);
  }

  /** True when saving can go on. */
  async #failed(target: Target, edits: Edit[], failure: CommandFailed): Promise<boolean> {
    switch (failureKind(failure)) {
      case 'conflict':
      case 'gone':
        return this.#refresh();
      case 'signed-out':
        this.save = 'signed-out';
        return false;
      case 'retry':
        this.save = 'offline';
        this.#timer = setTimeout(() => void this.flush(), this.#retryMs);
        this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS.most);
        return false;
      case 'refused':
        this.save = 'refused';
        this.refusals.add(target, edits, failure);
        return true;
    }
  }

  /** Reads the draft anew; true when saving can go on. */
  async #refresh(): Promise<boolean> {
    const { answer, failed } = await ask<StudioCourse>(`/studio/courses/${this.#base.id}/draft`);
    if (answer) {
      this.adopt(answer);
      return this.contested.length === 0;
    }
    const kind = failureKind(failed);
    if (kind === 'gone' || kind === 'refused') this.save = 'gone';
    else this.save = kind === 'signed-out' ? 'signed-out' : 'offline';
    return false;
  }

  #merge(theirs: StudioCourse, edits: Edit[]): void {
    const merged = mergeEdits(theirs, edits);
    this.#base = theirs;
    this.course = merged.working;
    const others = this.orphaned.filter((old) => merged.orphaned.every((edit) => keyOf(edit) !== keyOf(old)));
    this.orphaned = [...others, ...merged.orphaned];
    this.contested = merged.contested;
    if (merged.contested.length > 0) this.save = 'conflict';
  }

  #saved(version: number, at: string): void {
    this.#base.version = version;
    this.course.version = version;
    this.savedAt = at;
    this.#retryMs = RETRY_MS.first;
    if (this.#base.state === 'live') this.#base.state = this.course.state = 'changed';
    this.#keep();
  }

  #settled(): void {
    this.save = this.#waiting > 0 ? 'saving' : 'saved';
    this.restored = false;
    this.refusals.clear();
    this.#keep();
  }

  #edits(): Edit[] {
    return editsOf(this.#base, $state.snapshot(this.course) as StudioCourse);
  }

  /** Keeps in this browser what is not saved yet. */
  #keep(): Edit[] {
    const edits = this.#edits();
    this.kept = this.#buffer?.write([...edits.map((edit) => this.#withOldBase(edit)), ...this.orphaned]) ?? true;
    return edits;
  }

  /** While a conflict is open, what is kept must still know what the teacher began with. */
  #withOldBase(edit: Edit): Edit {
    const open = this.contested.find((choice) => keyOf(choice) === keyOf(edit));
    return open ? { ...edit, base: open.base } : edit;
  }

  #actionOf(target: Target): string {
    const id = this.#base.id;
    return `${target === COURSE ? coursePath(id) : lessonPath(id, target)}?/save`;
  }
}
