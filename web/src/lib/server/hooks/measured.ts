import { contextFrom, tracer, withSpan } from '@eduplatform/observability/tracing';
import { Histogram, registry } from '@eduplatform/observability/metrics';
import type { Handle } from '@sveltejs/kit/hooks';
import { requestIdOf } from '../request-id.ts';

const web = tracer('web');
const SERVER_KIND = 1;

const NAME = 'http_server_request_duration_seconds';
const registered = registry.getSingleMetric(NAME);
const durations =
  registered instanceof Histogram
    ? registered
    : new Histogram({
        name: NAME,
        help: 'Seconds from request to rendered answer',
        labelNames: ['method', 'route', 'status'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        registers: [registry],
      });

/** One span and one measurement per request, named by the route's pattern; gives the request its id. */
export const measured: Handle = ({ event, resolve }) => {
  const { request } = event;
  const route = event.route.id ?? 'unmatched';
  const requestId = requestIdOf(request.headers.get('x-request-id'));
  event.locals.requestId = requestId;
  const stop = durations.startTimer({ method: request.method, route });

  return withSpan(
    web,
    `${request.method} ${route}`,
    {
      kind: SERVER_KIND,
      parent: contextFrom(request.headers.get('traceparent')),
      attributes: {
        'http.request.method': request.method,
        'http.route': route,
        'url.path': event.url.pathname,
        'request.id': requestId,
      },
    },
    async (span) => {
      const { traceId } = span.spanContext();
      event.locals.traceId = /[1-9a-f]/.test(traceId) ? traceId : null;
      const response = await resolve(event);
      span.setAttribute('http.response.status_code', response.status);
      stop({ status: String(response.status) });
      return response;
    },
  );
};
