import type { FastifyInstance } from 'fastify';
import { rateClassOf, type RateClass } from './rate-limits/classes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route that the service offers, for tests and checks that must leave none out. */
    readonly routeTable: readonly Route[];
  }
}

export interface Route {
  method: string;
  /** With its parameters as `:name`. */
  url: string;
  /** Null: without a limit. */
  rateClass: RateClass | null;
  /** Not part of the API's description. */
  isHidden: boolean;
}

/** Collects the routes that are registered from now on; HEAD goes with its GET. */
export function collectRoutes(app: FastifyInstance): void {
  const table: Route[] = [];
  app.decorate('routeTable', table);
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    const isHidden = (schema as { hide?: boolean } | undefined)?.hide === true;
    for (const name of [method].flat()) {
      if (name !== 'HEAD')
        table.push({ method: name, url, rateClass: rateClassOf(name, url, config?.rateClass), isHidden });
    }
  });
}
