/** How much of everything a scale has. */
export interface Sizes {
  /** With the admin, the teachers and the demo logins. */
  users: number;
  courses: number;
  lessons: number;
  enrollments: number;
  /** Declined and refunded ones included. */
  payments: number;
}

const SMALL: Sizes = { users: 500, courses: 1_000, lessons: 4_000, enrollments: 2_000, payments: 500 };

const times = (factor: number): Sizes => ({
  users: SMALL.users * factor,
  courses: SMALL.courses * factor,
  lessons: SMALL.lessons * factor,
  enrollments: SMALL.enrollments * factor,
  payments: SMALL.payments * factor,
});

/** The generated scales; `demo` is the hand-written data set of `npm start`. */
export const SIZES = { small: SMALL, medium: times(10), full: times(100) } as const satisfies Record<string, Sizes>;

export const SCALES = ['demo', 'small', 'medium', 'full'] as const;
export type Scale = (typeof SCALES)[number];

export const isScale = (text: string): text is Scale => (SCALES as readonly string[]).includes(text);

/** The name of its database on the local stack's server. */
export const databaseOfScale = (scale: Scale): string => `eduplatform_${scale}`;
