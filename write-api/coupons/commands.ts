import type { Coupon as CouponDocument, CreateCouponBody, PatchCouponBody } from '@eduplatform/contracts/http/payments';
import type { Tx } from '@eduplatform/db/transaction';
import { ProblemError } from '@eduplatform/http-kit/problem';
import { audit } from '../admin/audit.ts';
import { record, type Actor, type CommandContext, type CommandOutcome } from '../commands/outcome.ts';
import { findCourse } from '../courses/course-store.ts';
import { assertMayEdit, assertMayTeach } from '../courses/course.ts';
import { couponDocument, insertCoupon, lockCoupon, saveCoupon } from './coupon-store.ts';
import type { Coupon } from './coupon.ts';

type Outcome = Promise<CommandOutcome<CouponDocument>>;

/** Makes a coupon for one course of its teacher, or for all of the actor's. Throws coupon_code_taken. */
export async function createCoupon(tx: Tx, { actor, now }: CommandContext, body: CreateCouponBody): Outcome {
  assertMayTeach(actor);
  const percentOff = body.percentOff ?? null;
  const amountOff = body.amountOff ?? null;
  if ((percentOff === null) === (amountOff === null) || amountOff?.amount === 0) {
    throw invalid('percentOff', 'give either percentOff or an amountOff above nothing');
  }
  const startsAt = body.startsAt === undefined ? now : dateOf('startsAt', body.startsAt);
  const expiresAt = dateOrNull(body.expiresAt);
  if (expiresAt && expiresAt <= startsAt) throw invalid('expiresAt', 'must be later than startsAt');
  const courseId = body.courseId ?? null;
  const id = await insertCoupon(tx, {
    ownerId: courseId === null ? actor.id : await ownerOf(tx, actor, courseId),
    courseId,
    code: body.code.toUpperCase(),
    percentOff,
    amountOff,
    maxRedemptions: body.maxRedemptions ?? null,
    startsAt,
    expiresAt,
  });
  const coupon = id && (await lockCoupon(tx, 'id', id));
  if (!coupon) throw new ProblemError('coupon_code_taken');
  return done(tx, actor, 'coupon.create', coupon);
}

async function ownerOf(tx: Tx, actor: Actor, courseId: string): Promise<string> {
  const course = await findCourse(tx, courseId);
  if (!course) throw new ProblemError('course_not_found');
  assertMayEdit(course, actor, 'course_not_found');
  return course.ownerId;
}

/** Changes the limits of a coupon, or whether it works at all. Somebody else's coupon does not exist for them. */
export async function changeCoupon(
  tx: Tx,
  { actor }: CommandContext,
  couponId: string,
  patch: PatchCouponBody,
): Outcome {
  assertMayTeach(actor);
  const coupon = await lockCoupon(tx, 'id', couponId);
  if (!coupon || (actor.role !== 'admin' && coupon.ownerId !== actor.id)) throw new ProblemError('coupon_not_found');
  const expiresAt = patch.expiresAt === undefined ? coupon.expiresAt : dateOrNull(patch.expiresAt);
  if (expiresAt && expiresAt <= coupon.startsAt) throw invalid('expiresAt', 'must be later than startsAt');
  const maxRedemptions = patch.maxRedemptions === undefined ? coupon.maxRedemptions : patch.maxRedemptions;
  if (maxRedemptions !== null && maxRedemptions < coupon.redemptions) {
    throw invalid('maxRedemptions', `it was used ${coupon.redemptions} times already`);
  }
  const saved = await saveCoupon(tx, {
    ...coupon,
    maxRedemptions,
    expiresAt,
    isActive: patch.isActive ?? coupon.isActive,
  });
  return done(tx, actor, 'coupon.change', saved);
}

/** No reader is shown a coupon, so nothing goes to the outbox. */
async function done(tx: Tx, actor: Actor, action: string, coupon: Coupon): Outcome {
  if (coupon.ownerId !== actor.id) await audit(tx, actor, action, { type: 'coupon', id: coupon.id });
  return { result: couponDocument(coupon), position: await record(tx, []) };
}

const dateOrNull = (text: string | null | undefined): Date | null => (text ? dateOf('expiresAt', text) : null);

/** The format of a time admits leap seconds, which are no dates here. */
function dateOf(field: string, text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw invalid(field, 'is not a time');
  return date;
}

const invalid = (field: string, message: string): ProblemError =>
  new ProblemError('invalid_request', `${field}: ${message}`, { errors: [{ path: `body/${field}`, message }] });
