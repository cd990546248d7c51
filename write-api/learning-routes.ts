import type { App } from '@eduplatform/http-kit/server';
import type { CommandDeps } from './commands/run.ts';
import { enrollmentRoutes } from './enrollments/routes.ts';
import { favoriteRoutes } from './favorites/routes.ts';
import { noteRoutes } from './notes/routes.ts';
import { notificationRoutes } from './notifications/routes.ts';
import { progressRoutes } from './progress/routes.ts';
import { questionRoutes } from './questions/routes.ts';
import { adminReviewRoutes } from './reviews/admin-routes.ts';
import { reviewRoutes } from './reviews/routes.ts';

/** The commands of those who learn, review and ask. */
export function learningRoutes(app: App, deps: CommandDeps): void {
  enrollmentRoutes(app, deps);
  progressRoutes(app, deps);
  reviewRoutes(app, deps);
  adminReviewRoutes(app, deps);
  notificationRoutes(app, deps);
  favoriteRoutes(app, deps);
  noteRoutes(app, deps);
  questionRoutes(app, deps);
}
