type Packages = Record<string, { version?: string; optional?: boolean }>;

/** Whether every package of the lockfile is there in its version; optional ones may be missing (another platform's). */
export function satisfies(wanted: Packages, actual: Packages): boolean;
