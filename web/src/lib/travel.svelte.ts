/** Which card's cover travels to the course's page and back: one cover per page may carry the name. */
class Travel {
  key = $state('');
}

export const travel = new Travel();

/** Name of the traveling cover in view transitions. */
export const COVER_TRANSITION = 'course-cover';
