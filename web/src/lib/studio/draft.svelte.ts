import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import type { FieldProblem } from '@eduplatform/contracts/problems';
import type { CommandFailed } from './answers.ts';
import type { EditBuffer } from './buffer.ts';
import { editForm } from './edit-form.ts';
import { COURSE, editsOf, mergeEdits, partOf, type Edit, type Merged, type Target } from './edits.ts';
import { failureKind } from './failure.ts';
import { coursePath, lessonPath } from './paths.ts';
import { ask, send, type Sent } from './send.ts';

export type SaveState = 'saved' | 'pending' | 'saving' | 'refused' | 'offline' | 'conflict' | 'signed-out' | 'gone';
export type TargetProblem = FieldProblem & { target: Target; code: string };

interface CommandOptions {
  /** Once more after a conflict, with the version that was read then. */
  retry?: boolean;
  /** Called when the answer is there, before the draft is read anew. */
  onDone?: () => void;
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
  problems: TargetProblem[] = $state.raw([]);
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
  #refused = new Map<Target, string>();

  constructor(course: StudioCourse) {
    this.#base = structuredClone(course);
    this.course = structuredClone(course);
    this.savedAt = course.updatedAt;
  }

  get version(): number {
    return this.#base.version;
  }

  /** The text of a field as the server has it. */
  savedText(target: Target, field: Edit['field']): string {
    return String(partOf(this.#base, target)?.[field] ?? '');
  }

  get hasUnsaved(): boolean {
    return this.#edits().length > 0;
  }

  /** Brings back what an earlier visit could not save, and keeps unsaved words from here on. */
  keepIn(buffer: EditBuffer): void {
    this.#buffer = buffer;
    const edits = buffer.read();
    if (edits.length === 0) return;
    this.#merge(this.#base, edits);
    this.restored = this.hasUnsaved;
    this.touched();
  }

  /** Takes over what the server says now; what was typed stays. */
  adopt(theirs: StudioCourse): void {
    if (theirs.id !== this.#base.id || theirs.version < this.#base.version) return;
    this.#merge(structuredClone(theirs), this.#edits());
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
  command(action: string, form: FormData, { retry = true, onDone = () => {} }: CommandOptions = {}): Promise<Sent> {
    return this.#enqueue(async () => {
      await this.#saveAll();
      let sent = await this.#send(action, form);
      if (retry && sent.failed && failureKind(sent.failed) === 'conflict' && (await this.#refresh())) {
        sent = await this.#send(action, form);
      }
      if (sent.done) {
        onDone();
        this.#saved(sent.done.version, sent.done.at);
        await this.#refresh();
      }
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

  problemsOf(target: Target, field: string): TargetProblem[] {
    return this.problems.filter(({ target: other, path }) => other === target && path.split('/')[0] === field);
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

  async #saveAll(): Promise<boolean> {
    for (;;) {
      if (this.contested.length > 0) return false;
      const edits = this.#edits();
      const next = Map.groupBy(edits, ({ target }) => target)
        .entries()
        .find(([target, own]) => this.#refused.get(target) !== JSON.stringify(own));
      if (!next) {
        if (edits.length === 0) this.#settled();
        return edits.length === 0;
      }
      const [target, own] = next;
      this.save = 'saving';
      const sent = await this.#send(this.#actionOf(target), editForm(this.#base.version, own));
      const goesOn = sent.done ? this.#applied(target, own, sent.done) : await this.#failed(target, own, sent.failed);
      if (!goesOn) return false;
    }
  }

  #applied(target: Target, edits: Edit[], { version, at }: { version: number; at: string }): boolean {
    const base = partOf(this.#base, target);
    for (const { field, mine } of edits) if (base) base[field] = mine;
    this.#refused.delete(target);
    this.problems = this.problems.filter((problem) => problem.target !== target);
    this.#saved(version, at);
    return true;
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
      case 'refused': {
        this.save = 'refused';
        this.#refused.set(target, JSON.stringify(edits));
        const errors = failure.errors.length > 0 ? failure.errors : [{ path: edits[0]?.field ?? '', message: '' }];
        const own = errors.map((error) => ({ ...error, target, code: error.code ?? failure.code }));
        this.problems = [...this.problems.filter((problem) => problem.target !== target), ...own];
        return true;
      }
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
    this.orphaned = [...this.orphaned, ...merged.orphaned];
    if (merged.contested.length > 0) {
      this.contested = merged.contested;
      this.save = 'conflict';
    }
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
    this.save = 'saved';
    this.problems = [];
    this.restored = false;
    this.#refused.clear();
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
    const open = this.contested.find(({ target, field }) => target === edit.target && field === edit.field);
    return open ? { ...edit, base: open.base } : edit;
  }

  #actionOf(target: Target): string {
    const id = this.#base.id;
    return `${target === COURSE ? coursePath(id) : lessonPath(id, target)}?/save`;
  }
}
