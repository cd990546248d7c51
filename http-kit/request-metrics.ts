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

/** Measures each request under its route's pattern, so that ids do not become labels. */
export function measureRequests(app: FastifyInstance): void {
  const durations = histogram();
  // Of each combination of labels once: to look them up in the histogram takes longer than to count.
  const children = new Map<string, ReturnType<typeof durations.labels>>();
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'unmatched', config } = request.routeOptions;
    const { method } = request;
    const status = reply.statusCode;
    if (!(config.streams && status === 200)) {
      const name = `${method} ${status} ${route}`;
      let child = children.get(name);
      if (!child) children.set(name, (child = durations.labels({ method, route, status })));
      child.observe(reply.elapsedTime / 1000);
    }
    done();
  });
}
