let flush: () => Promise<void> = async () => {};

/** Tracing registers here how its waiting spans are exported; without tracing there is nothing to do. */
export function setTraceFlush(exportSpans: () => Promise<void>): void {
  flush = exportSpans;
}

/** Exports the spans that still wait; services call it as the last step of their shutdown. */
export const flushTraces = (): Promise<void> => flush();
