import type { Freshness } from '#lib/freshness.ts';
import type { Api } from '#lib/server/api.ts';
import type { VisitorSession } from '#lib/server/session.ts';
import type { Viewer } from '#lib/session.ts';
import type { Theme } from '#lib/theme.ts';

declare global {
  namespace App {
    interface Error {
      /** Stable code of the problem, from the contracts' catalog where an API named one. */
      code: string;
      requestId: string;
    }
    /** What hooks prepare for every request. */
    interface Locals {
      requestId: string;
      /** Trace of this request, as 32 hex digits; null when nothing is traced. */
      traceId: string | null;
      theme: Theme;
      session: VisitorSession;
      api: Api;
    }
    interface PageData {
      viewer?: Viewer | null;
      theme?: Theme;
      /** How many of the viewer's notifications are unread; null while that cannot be told. */
      unread?: number | null;
      /** How fresh the data of this page is; absent where no read model was asked. */
      freshness?: Freshness;
    }
    interface PageState {
      /** The outline sheet of a lesson is open. */
      outline?: boolean;
    }
  }
}

export {};
