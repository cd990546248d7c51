/** Reads what a form holds; line breaks of text areas come as CR LF and leave as LF. */
export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

export const trimmedField = (form: FormData, name: string): string => textField(form, name).trim();

/** What was typed, by field; passwords are left out by not naming them. */
export const typedFields = (form: FormData, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, textField(form, name)]));

/** An optional whole number: null for nothing, NaN (which the API refuses by its field) for what is none. */
export function numberField(form: FormData, name: string): number | null {
  const text = trimmedField(form, name);
  return text === '' ? null : Number(text);
}
