/**
 * Something in a folder keeps it from becoming a course. The message names the file, the line where one is known, what
 * is wrong and what to do about it.
 */
export class CourseFolderError extends Error {
  readonly file: string;
  readonly line: number | undefined;

  constructor(place: { file: string; line?: number | undefined }, problem: string, advice: string) {
    super(`${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${problem}. ${advice}`);
    this.name = 'CourseFolderError';
    this.file = place.file;
    this.line = place.line;
  }
}
