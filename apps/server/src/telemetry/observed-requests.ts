import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** Every request that is answered, also one that no guard let through, or that met no route. */
export const observeRequests = (fastify: FastifyInstance, metrics: Metrics): void => {
  fastify.addHook('onResponse', (request, reply, done) => {
    const labels = { operation: request.routeOptions.config.operation ?? 'none', door: 'rest' };
    metrics.requests.inc({ ...labels, status: reply.statusCode });
    metrics.requestSeconds.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
};
