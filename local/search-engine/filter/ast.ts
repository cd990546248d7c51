/** A filter as a tree. `at` is where the attribute stands in the text, for error messages. */

export interface Place {
  text: string;
  from: number;
  to: number;
}

export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';

export type Filter =
  | { kind: 'and' | 'or'; parts: Filter[] }
  | { kind: 'not'; part: Filter }
  | { kind: 'compare'; attribute: string; at: Place; operator: Comparison; value: string }
  | { kind: 'between'; attribute: string; at: Place; from: string; to: string }
  | { kind: 'in'; attribute: string; at: Place; values: string[] }
  | { kind: 'startsWith'; attribute: string; at: Place; value: string }
  | { kind: 'exists' | 'null' | 'empty'; attribute: string; at: Place };
