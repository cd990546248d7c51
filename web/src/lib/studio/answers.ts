import type { FieldProblem } from '@eduplatform/contracts/problems';

/** What the storefront answers when a command of the studio succeeded. */
export interface CommandDone {
  courseId: string;
  /** Version of the draft now. */
  version: number;
  /** Place of the command in the outbox. */
  position: string | null;
  /** When it was saved, RFC 3339. */
  at: string;
  /** Id of what was created. */
  id?: string;
  revision?: number;
}

/** What it answers when a command was refused or could not be run. */
export interface CommandFailed {
  code: string;
  requestId: string;
  errors: FieldProblem[];
  /** What was asked for, so that a page without scripts can show it again. */
  values?: Record<string, unknown>;
  target?: string;
}

/** Code of a command that got no answer: the network, or a server that is away. */
export const OFFLINE = 'offline';

/** Rendered and sanitized Markdown, or why there is none. */
export type PreviewResult = { html: string } | { html: null; failure: CommandFailed };
