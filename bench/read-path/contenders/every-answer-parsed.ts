/**
 * Preloaded (`node --import`) into a service: parses and stringifies the body of every answer, as a service does that
 * keeps objects instead of bytes. Nothing else about it changes.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook('onSend', (_request, _reply, payload, done) => {
    done(null, Buffer.isBuffer(payload) ? JSON.stringify(JSON.parse(payload.toString())) : payload);
  });
});
