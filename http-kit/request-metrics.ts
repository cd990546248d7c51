import type { FastifyInstance } from 'fastify';
import { Histogram, registry } from '@eduplatform/observability/metrics';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is an event stream: how long it lasts says nothing of how fast the service is. */
    streams?: true;
  }
}

const NAME = 'http_server_request_duration_seconds';

const histogram = (): Histogram<'method' | 'route' | 'status'> =>
  (registry.getSingleMetric(NAME) as Histogram<'method' | 'route' | 'status'> | undefined) ??
  new Histogram({
    name: NAME,
    help: 'Time from the request to the end of its answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });

/** Times requests under their route's pattern, so that ids do not become labels. */
export class RequestDurations {
  readonly #histogram = histogram();
  // Of each combination of labels once: to look them up in the histogram takes longer than to count.
  readonly #children = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  observe(method: string, route: string, status: number, milliseconds: number): void {
    const name = `${method} ${status} ${route}`;
    let child = this.#children.get(name);
    if (!child) this.#children.set(name, (child = this.#histogram.labels({ method, route, status })));
    child.observe(milliseconds / 1000);
  }
}

/** Times each request that a route answers. */
export function measureRequests(app: FastifyInstance, durations: RequestDurations): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'unmatched', config } = request.routeOptions;
    const { statusCode } = reply;
    if (!(config.streams && statusCode === 200))
      durations.observe(request.method, route, statusCode, reply.elapsedTime);
    done();
  });
}
