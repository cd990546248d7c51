/** Sum over all labels of a metric in Prometheus' text format; 0 where it is not. */
export function sumOf(text: string, metric: string): number {
  const samples = text.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{.*\})? (\S+)/gm);
  return [...samples].reduce((sum, [, name, value]) => (name === metric ? sum + Number(value) : sum), 0);
}
