import type { FastifyRequest } from 'fastify';
import { HEADERS } from '@eduplatform/contracts/headers';
import { Jwks, LoginBody, RefreshBody, RegisterBody, Session } from '@eduplatform/contracts/http/auth';
import type { PublicJwk } from '@eduplatform/contracts/tokens';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import type { CommandDeps } from '../commands/run.ts';
import { login, logout, refresh, register, type AuthContext, type AuthDeps } from './commands.ts';
import { emailRoutes } from './email-routes.ts';
import { passwordRoutes } from './password-routes.ts';
import { sessionRoutes } from './session-routes.ts';

const tags = ['auth'];

export interface AuthRouteDeps extends AuthDeps, CommandDeps {
  publicKeys: () => PublicJwk[];
}

const contextOf = ({ ip, headers }: FastifyRequest): AuthContext => ({
  now: new Date(),
  address: ip,
  userAgent: headers['user-agent'],
});

export function authRoutes(app: App, deps: AuthRouteDeps): void {
  app.addHook('onSend', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/v1/auth/')) reply.header('cache-control', 'no-store');
  });
  app.post(
    '/v1/auth/register',
    {
      schema: { tags, summary: 'Register as a student', body: RegisterBody, response: { 201: Session } },
    },
    async (request, reply) => {
      const { session, position } = await register(deps, request.body, contextOf(request));
      deps.notifier.wake();
      reply.code(201).header(HEADERS.outboxPosition, position);
      return session;
    },
  );
  app.post(
    '/v1/auth/login',
    { schema: { tags, summary: 'Sign in', body: LoginBody, response: { 200: Session } } },
    async (request) => login(deps, request.body, contextOf(request)),
  );
  app.post(
    '/v1/auth/refresh',
    {
      schema: { tags, summary: 'Exchange a refresh token', body: RefreshBody, response: { 200: Session } },
    },
    async (request) => refresh(deps, request.body.refreshToken, new Date()),
  );
  app.post(
    '/v1/auth/logout',
    {
      schema: { tags, summary: 'Sign out', body: RefreshBody, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await logout(deps, request.body.refreshToken, new Date());
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/.well-known/jwks.json',
    { schema: { tags, summary: 'Keys that access tokens are checked with', response: { 200: Jwks } } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=60');
      return { keys: deps.publicKeys().map((key) => ({ ...key })) };
    },
  );
  sessionRoutes(app, deps);
  passwordRoutes(app, deps);
  emailRoutes(app, deps);
}
