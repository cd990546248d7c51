import { m } from '#lib/paraglide/messages.js';

/** Title and explanation of an error page. */
export function errorWords(status: number, code: string): { title: string; text: string } {
  if (code === 'offline') return { title: m.error_offline_title(), text: m.error_offline_text() };
  if (status === 404) return { title: m.error_404_title(), text: missing(code) };
  if (code === 'read_model_building') return { title: m.error_503_title(), text: m.error_503_text() };
  if (status === 503) return { title: m.error_away_title(), text: m.error_away_text() };
  if (status === 401) return { title: m.error_401_title(), text: m.error_401_text() };
  if (status === 403) return { title: m.error_403_title(), text: m.error_403_text() };
  if (status === 429) return { title: m.error_429_title(), text: m.error_429_text() };
  if (status < 500) return { title: m.error_400_title(), text: m.error_400_text() };
  return { title: m.error_500_title(), text: m.error_500_text() };
}

function missing(code: string): string {
  if (code === 'course_not_found') return m.error_404_course_text();
  if (code === 'lesson_not_found') return m.error_404_lesson_text();
  if (code === 'certificate_not_found') return m.error_404_certificate_text();
  if (code === 'teacher_not_found') return m.error_404_teacher_text();
  if (code === 'payment_not_found') return m.error_404_payment_text();
  return m.error_404_text();
}
