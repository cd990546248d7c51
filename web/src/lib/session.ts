import type { Role } from '@eduplatform/contracts/primitives';

/** Who looks at the page, as far as the page may know: never a token. */
export interface Viewer {
  id: string;
  name: string;
  role: Role;
}
