export interface Segment {
  text: string;
  marked: boolean;
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  nbsp: '\u00a0',
};

/**
 * Takes apart text whose only element is `<mark>`, so that it is rendered as text: whatever else it might hold,
 * no markup of it reaches the page.
 */
export function segmentsOf(highlighted: string): Segment[] {
  let marked = false;
  const segments: Segment[] = [];
  for (const part of highlighted.split(/(<\/?mark>)/)) {
    if (part === '<mark>') marked = true;
    else if (part === '</mark>') marked = false;
    else if (part) segments.push({ text: unescape(part), marked });
  }
  return segments;
}

const unescape = (text: string): string =>
  text.replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity);
