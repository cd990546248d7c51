import type { DraftChange } from '@eduplatform/contracts/http/revisions';
import type { StudioCourse } from '@eduplatform/contracts/http/studio';
import { formatDate } from '#lib/i18n/format.ts';
import { locale } from '#lib/i18n/locale.ts';
import { m } from '#lib/paraglide/messages.js';
import type { CommandFailed } from './answers.ts';
import type { TargetProblem } from './refusals.svelte.ts';

export const stateName = (state: StudioCourse['state']): string =>
  ({
    draft: m.studio_state_draft,
    live: m.studio_state_live,
    changed: m.studio_state_changed,
    unpublished: m.studio_state_unpublished,
  })[state]();

/** What is wrong with a field, in the reader's language. */
export function problemText({ code, path, message, line }: Omit<TargetProblem, 'target'>): string {
  const said = codeText(code) ?? fieldText(path, message);
  return line === undefined ? said : m.studio_problem_line({ line, problem: said });
}

/** Why a command failed, where no field is to blame. */
export const failureText = (failure: CommandFailed): string => codeText(failure.code) ?? m.studio_problem_unknown();

function codeText(code: string): string | undefined {
  const texts: Record<string, () => string> = {
    html_not_allowed: m.studio_problem_html,
    link_not_allowed: m.studio_problem_link,
    embed_not_allowed: m.studio_problem_embed,
    slug_taken: m.studio_problem_slug_taken,
    slug_reserved: m.studio_problem_slug_reserved,
    slug_frozen: m.studio_problem_slug_frozen,
    course_too_large: m.studio_problem_too_large,
    body_too_large: m.studio_problem_body_too_large,
    version_conflict: m.studio_problem_version,
    outline_mismatch: m.studio_problem_version,
    not_publishable: m.studio_problem_not_publishable,
    not_published: m.studio_problem_not_published,
    forbidden: m.studio_problem_forbidden,
    teacher_not_verified: m.studio_problem_not_verified,
    course_in_use: m.studio_delete_in_use,
    course_archived: m.studio_problem_archived,
    account_suspended: m.problem_suspended,
    offline: m.studio_problem_offline,
    unauthenticated: m.studio_problem_signed_out,
    database_unavailable: m.studio_problem_away,
    api_unreachable: m.studio_problem_away,
    api_timeout: m.studio_problem_away,
    overloaded: m.studio_problem_away,
  };
  return texts[code]?.();
}

/** The message of the schema check is English and technical; these are what a person can do about it. */
function fieldText(path: string, message: string): string {
  const field = path.split('/')[0];
  if (field === 'slug') return m.studio_problem_slug_form();
  if (field === 'price') return m.studio_problem_price();
  if (field === 'durationMinutes') return m.studio_problem_minutes();
  if (/fewer than|match pattern/.test(message)) return m.studio_problem_missing();
  if (/more than/.test(message)) return m.studio_problem_too_long();
  return m.studio_problem_invalid();
}

const CHECKS: Record<string, () => string> = {
  description: m.studio_check_description,
  modules: m.studio_check_modules,
  moduleLessons: m.studio_check_module_lessons,
  lessonTexts: m.studio_check_lesson_texts,
};

export const checklistText = (code: string, message: string): string => CHECKS[code]?.() ?? message;

/** One change of the draft as a line: what it is about, and what happened to it. */
export function changeText({ subject, change, fields }: DraftChange): string {
  if (change === 'added') return subject === 'module' ? m.studio_change_module_added() : m.studio_change_lesson_added();
  if (change === 'removed') {
    return subject === 'module' ? m.studio_change_module_removed() : m.studio_change_lesson_removed();
  }
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(fields.map(fieldName));
}

const FIELDS: Record<string, () => string> = {
  title: m.studio_field_title,
  subtitle: m.studio_field_subtitle,
  slug: m.studio_field_slug,
  descriptionMd: m.studio_field_description,
  language: m.studio_field_language,
  level: m.studio_field_level,
  category: m.studio_field_category,
  price: m.studio_field_price,
  outcomes: m.studio_field_outcomes,
  bodyMd: m.studio_field_body,
  isFreePreview: m.studio_field_free_preview,
  durationMinutes: m.studio_field_minutes,
  place: m.studio_field_place,
};

export const fieldName = (field: string): string => FIELDS[field]?.() ?? field;

/** `14:02` today, else the day; in the device's time, so only for pages that run scripts. */
export function momentText(time: string): string {
  const moment = new Date(time);
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday
    ? new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(moment)
    : formatDate(time, locale());
}
