/** Removes from an installation what takes room and is never used, some 95 MB. */
export function trimPackages(folder: string): void;
