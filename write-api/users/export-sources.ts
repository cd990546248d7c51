/** Where rows of a person are kept: `sql` selects them by `$1`, the user's id. */
export interface ExportSource {
  name: string;
  sql: string;
}

const byUser = (name: string, table: string, columns = '*'): ExportSource => ({
  name,
  sql: `select ${columns} from ${table} where user_id = $1`,
});

/** Everything that holds something of a person. A new table of theirs is one more line. */
export const EXPORT_SOURCES: ExportSource[] = [
  {
    name: 'users',
    sql: `
      select id, email, name, bio, role, is_verified, is_demo, language, email_preference, email_verified_at,
        suspended_at, suspension_reason, created_at
      from users where id = $1`,
  },
  byUser('sessions', 'sessions', 'id, user_agent, created_at, refreshed_at, expires_at, ended_at'),
  byUser('mails', 'mail_queue', 'recipient, template, params, language, created_at, sent_at'),
  byUser('mailedTokens', 'auth_tokens', 'purpose, email, created_at, expires_at'),
  byUser('idempotencyKeys', 'idempotency_keys', 'key, created_at, response'),
  byUser('teacherApplications', 'teacher_applications', 'id, bio, links, status, reason, decided_at, created_at'),
  byUser('payments', 'payments'),
  byUser('enrollments', 'enrollments'),
  byUser('lessonProgress', 'lesson_progress'),
  byUser('completions', 'completions'),
  byUser('reviews', 'reviews'),
  byUser('reviewReports', 'review_reports'),
  byUser('notes', 'notes'),
  byUser('questions', 'questions'),
  byUser('answers', 'answers'),
  byUser('favorites', 'favorites'),
  byUser('notifications', 'notifications'),
  { name: 'coupons', sql: 'select * from coupons where owner_id = $1' },
  { name: 'courses', sql: 'select * from courses where owner_id = $1' },
  {
    name: 'modules',
    sql: 'select m.* from modules m join courses c on c.id = m.course_id where c.owner_id = $1',
  },
  {
    name: 'lessons',
    sql: 'select l.* from lessons l join courses c on c.id = l.course_id where c.owner_id = $1',
  },
  {
    name: 'publications',
    sql: 'select course_id, revision, published_at from course_revisions where published_by = $1',
  },
  { name: 'announcements', sql: 'select * from announcements where created_by = $1' },
  {
    name: 'adminActions',
    sql: 'select action, subject_type, subject_id, details, created_at from audit_log where admin_id = $1',
  },
  { name: 'indexerJobs', sql: 'select * from indexer_jobs where requested_by = $1' },
  { name: 'pausedSinks', sql: 'select * from indexer_sinks where paused_by = $1' },
  {
    name: 'actionsOfAdmins',
    sql: `
      select action, details, created_at from audit_log
      where subject_type in ('user', 'teacher_application') and subject_id = $1::text`,
  },
];
