import { Coupon, CouponList, CreateCouponBody, PatchCouponBody } from '@eduplatform/contracts/http/payments';
import { PageQuery } from '@eduplatform/contracts/pages';
import { Uuid } from '@eduplatform/contracts/primitives';
import type { App } from '@eduplatform/http-kit/server';
import { Type } from '@sinclair/typebox';
import { actorOf } from '../commands/actor.ts';
import { IdempotencyHeaders } from '../commands/preconditions.ts';
import { runCommand, type CommandDeps } from '../commands/run.ts';
import { assertMayTeach } from '../courses/course.ts';
import { security, teachers } from '../courses/routes.ts';
import { cursorAfter, idOfCursor } from '../studio/cursor.ts';
import { changeCoupon, createCoupon } from './commands.ts';
import { couponDocument, listCoupons } from './coupon-store.ts';

const tags = ['coupons'];

/** Coupons of teachers. */
export function couponRoutes(app: App, deps: CommandDeps): void {
  app.get(
    '/v1/studio/coupons',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Coupons of the teacher, newest first; an admin sees everybody’s',
        querystring: PageQuery,
        response: { 200: CouponList },
      },
    },
    async (request) => {
      const actor = await actorOf(deps.pool, request);
      assertMayTeach(actor);
      const { limit = 20, cursor } = request.query;
      const coupons = await listCoupons(deps.pool, {
        ownerId: actor.role === 'admin' ? null : actor.id,
        before: cursor === undefined ? null : idOfCursor(cursor),
        limit: limit + 1,
      });
      const items = coupons.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(couponDocument),
        nextCursor: coupons.length > limit && last ? cursorAfter(last.id) : null,
      };
    },
  );
  app.post(
    '/v1/studio/coupons',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Make a coupon',
        headers: IdempotencyHeaders,
        body: CreateCouponBody,
        response: { 201: Coupon },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return runCommand(deps, request, reply, (tx, context) => createCoupon(tx, context, request.body));
    },
  );
  app.patch(
    '/v1/studio/coupons/:couponId',
    {
      ...teachers,
      schema: {
        tags,
        security,
        summary: 'Change the limits of a coupon, or end it',
        params: Type.Object({ couponId: Uuid }),
        body: PatchCouponBody,
        response: { 200: Coupon },
      },
    },
    async (request, reply) =>
      runCommand(deps, request, reply, (tx, context) =>
        changeCoupon(tx, context, request.params.couponId, request.body),
      ),
  );
}
