/** Why nothing can be seeded, in words for the person who asked. */
export class TargetError extends Error {}
