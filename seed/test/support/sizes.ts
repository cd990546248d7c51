import type { Sizes } from '../../scale/sizes.ts';

/** Small enough for seconds, and several chunks of courses. */
export const MINI: Sizes = { users: 200, courses: 250, lessons: 1_000, enrollments: 500, payments: 120 };
