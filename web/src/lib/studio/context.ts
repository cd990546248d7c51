import { createContext } from 'svelte';
import type { Draft } from './draft.svelte.ts';
import type { Publication } from './publication.svelte.ts';

export interface Desk {
  draft: Draft;
  publication: Publication;
  /** Scripts run: things save themselves and buttons for that can go. */
  isLive(): boolean;
  /** Brings the editor forward where the screen shows one pane at a time. */
  showEditor(): void;
}

export const [getDesk, setDesk] = createContext<Desk>();
