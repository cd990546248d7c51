/** Removes from an installation what takes room and is never used, some 100 MB. */
export function trimPackages(folder: string): void;
