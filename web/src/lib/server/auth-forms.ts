import { fail } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { ApiError } from './problem.ts';

export type AuthField = 'name' | 'email' | 'password';

/** What a form shows after it failed: what was typed (never the password), and what is wrong with it. */
export interface AuthFailure {
  values: { name: string; email: string };
  errors: Partial<Record<AuthField, string>>;
  /** What is wrong with the whole. */
  message: string | null;
  requestId: string | null;
}

export const MIN_PASSWORD = 10;

export interface AuthValues {
  name: string;
  email: string;
  password: string;
}

export async function readAuthForm(request: Request): Promise<AuthValues> {
  const form = await request.formData();
  const text = (name: string, max: number): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, max) : '';
  };
  // One more than the API takes, so that what is too long is refused there and not cut here.
  return { name: text('name', 101).trim(), email: text('email', 255).trim(), password: text('password', 201) };
}

export function failWith(status: number, values: AuthValues, parts: Partial<AuthFailure>) {
  const { name, email } = values;
  return fail<AuthFailure>(status, { values: { name, email }, errors: {}, message: null, requestId: null, ...parts });
}

/** The write API's refusal in words. Throws whatever is not an ApiError. */
export function failFromApi(error: unknown, values: AuthValues, requestId: string) {
  if (!(error instanceof ApiError)) throw error;
  const known: Record<string, { errors?: AuthFailure['errors']; message?: string }> = {
    invalid_credentials: { message: m.error_invalid_credentials() },
    email_taken: { errors: { email: m.error_email_taken() } },
    account_suspended: { message: m.problem_suspended() },
    demo_login_refused: { message: m.error_demo_login_refused() },
    rate_limited: { message: m.error_rate_limited() },
    invalid_request: { message: m.error_invalid_request(), errors: fieldErrors(error) },
  };
  const shown = known[error.code];
  return failWith(
    error.status >= 500 ? 503 : error.status,
    values,
    shown ?? { message: m.error_unavailable(), requestId },
  );
}

function fieldErrors(error: ApiError): AuthFailure['errors'] {
  const wrong = error.fieldErrors;
  return {
    ...('email' in wrong && { email: m.error_email_invalid() }),
    ...('password' in wrong && { password: m.error_password_short() }),
    ...('name' in wrong && { name: m.error_name_missing() }),
  };
}

export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
