/** Reads what a form holds; line breaks of text areas come as CR LF and leave as LF. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

export const trimmedField = (form: FormData, name: string): string => textField(form, name).trim();

/** What was typed, by field; passwords are left out by not naming them. */
export const typedFields = <N extends string>(form: FormData, names: readonly N[]): Record<N, string> =>
  Object.fromEntries(names.map((name) => [name, textField(form, name)])) as Record<N, string>;
