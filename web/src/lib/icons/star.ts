/** A star on the grid of the icons, 24 by 24; filled, which icons are not. */
export const STAR_PATH =
  'M12 2.8l2.83 5.74 6.33.92-4.58 4.46 1.08 6.3L12 17.24l-5.66 2.98 1.08-6.3-4.58-4.46 6.33-.92z';
