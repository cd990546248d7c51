import { ProblemError } from '@eduplatform/http-kit/problem';
import { checkMarkdown } from './checks.ts';

const MAX_ISSUES = 20;

/**
 * Throws html_not_allowed, link_not_allowed or embed_not_allowed (the first that was found) when one of the texts,
 * named by its path in the request, contains what we do not take. Absent texts are fine.
 */
export function assertMarkdown(texts: Record<string, string | undefined>): void {
  const issues = Object.entries(texts).flatMap(([path, source]) =>
    source === undefined ? [] : checkMarkdown(source).map((issue) => ({ path, ...issue })),
  );
  if (!issues[0]) return;
  const errors = issues
    .slice(0, MAX_ISSUES)
    .map(({ path, code, line, message }) => ({ path, code, line, message: `line ${line}: ${message}` }));
  throw new ProblemError(issues[0].code, errors[0]?.message, { errors });
}
