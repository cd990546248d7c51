/** Words that are routes of the APIs or the storefront and so cannot be slugs. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  'accept', 'account', 'admin', 'announcement', 'announcements', 'answers', 'api', 'applications', 'archive',
  'assets', 'audit', 'audit-log', 'auth', 'categories', 'certificates', 'change-password', 'changes', 'checkout',
  'complete', 'confirm', 'count', 'coupons', 'course', 'courses', 'covers', 'curriculum', 'delete', 'delete-account',
  'deleted', 'diff', 'docs', 'draft', 'edit', 'email-verification', 'enrollments', 'export', 'favorites',
  'forgot-password', 'health', 'hide', 'indexer', 'lessons', 'live', 'livez', 'log', 'login', 'logout',
  'logout-everywhere', 'me', 'metrics', 'modules', 'my', 'my-courses', 'new', 'notes', 'notifications', 'outline',
  'password-reset', 'payments', 'position', 'positions', 'preview', 'profile', 'progress', 'publish', 'questions',
  'quote', 'read', 'read-all', 'readyz', 'receipts', 'refresh', 'refund', 'register', 'reject', 'reply', 'report',
  'reports', 'request', 'reset-password', 'restore', 'reviews', 'revisions', 'search', 'sessions', 'settings',
  'sign-in', 'sign-out', 'standing', 'static', 'stream', 'students', 'studio', 'suspend', 'teach',
  'teacher-applications', 'teachers', 'theme', 'unarchive', 'unpublish', 'users', 'verify', 'verify-email', 'why',
]); // prettier-ignore
