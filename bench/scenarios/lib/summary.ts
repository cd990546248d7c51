/** What of k6's summary the report reads; written to the file that SUMMARY names. */
interface Summary {
  metrics: Record<string, { values: Record<string, number> }>;
}

/** To be exported by every script: k6 calls it at the end. */
export const handleSummary = ({ metrics }: Summary): Record<string, string> => ({
  [__ENV.SUMMARY ?? 'stdout']: JSON.stringify(
    Object.fromEntries(Object.entries(metrics).map(([k, v]) => [k, v.values])),
  ),
});
