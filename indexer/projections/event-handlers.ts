import type { OutboxEvents, OutboxEventType } from '@eduplatform/contracts/events';
import type { EventRow } from './projection.ts';

/** A function of the payload for each type of event that matters. */
export type EventHandlers<T> = { [E in OutboxEventType]?: (payload: OutboxEvents[E]) => T };

/** What the handlers say of the rows. Types without a handler, also those of a later version, say nothing. */
export function* handle<T>(handlers: EventHandlers<T>, rows: readonly EventRow[]): Generator<T> {
  for (const { type, payload } of rows) {
    if (!Object.hasOwn(handlers, type)) continue;
    const handler = handlers[type as OutboxEventType] as ((payload: unknown) => T) | undefined;
    if (handler) yield handler(payload);
  }
}
