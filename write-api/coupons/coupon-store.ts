import type { Coupon as CouponDocument } from '@eduplatform/contracts/http/payments';
import type { Queryable, Tx } from '@eduplatform/db/transaction';
import type { Coupon } from './coupon.ts';

const SELECT = `
  select p.id, p.owner_id as "ownerId", p.course_id as "courseId", c.title as "courseTitle", p.code::text,
    p.percent_off as "percentOff", p.max_redemptions as "maxRedemptions", p.redemptions, p.starts_at as "startsAt",
    p.expires_at as "expiresAt", p.is_active as "isActive", p.version,
    case when p.amount_off is not null
      then json_build_object('amount', p.amount_off, 'currency', p.currency) end as "amountOff"
  from coupons p left join courses c on c.id = p.course_id`;

export async function findCouponByCode(db: Queryable | Tx, code: string): Promise<Coupon | undefined> {
  const { rows } = await db.query<Coupon>(`${SELECT} where p.code = $1`, [code]);
  return rows[0];
}

/** The coupon, which nobody else can then use or change before the transaction ends. Two statements: a row that had to be waited for is read anew. */
export async function lockCoupon(tx: Tx, by: 'id' | 'code', value: string): Promise<Coupon | undefined> {
  const locked = await tx.query<{ id: string }>(`select id from coupons where ${by} = $1 for update`, [value]);
  if (!locked.rows[0]) return undefined;
  const { rows } = await tx.query<Coupon>(`${SELECT} where p.id = $1`, [locked.rows[0].id]);
  return rows[0];
}

/** One more payment uses the coupon. The caller holds its lock and has judged its limit. */
export async function redeemCoupon(tx: Tx, id: string): Promise<void> {
  await tx.query('update coupons set redemptions = redemptions + 1 where id = $1', [id]);
}

/** A payment that used the coupon was not charged. */
export async function releaseCoupon(tx: Tx, id: string): Promise<void> {
  await tx.query('update coupons set redemptions = redemptions - 1 where id = $1', [id]);
}

const INSERT = `
  insert into coupons (owner_id, course_id, code, percent_off, amount_off, currency, max_redemptions, starts_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (code) do nothing
  returning id`;

export type NewCoupon = Omit<Coupon, 'id' | 'courseTitle' | 'redemptions' | 'isActive' | 'version'>;

/** The id of the new coupon, or undefined when its code is taken. */
export async function insertCoupon(tx: Tx, coupon: NewCoupon): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(INSERT, [
    coupon.ownerId,
    coupon.courseId,
    coupon.code,
    coupon.percentOff,
    coupon.amountOff?.amount ?? null,
    coupon.amountOff?.currency ?? null,
    coupon.maxRedemptions,
    coupon.startsAt,
    coupon.expiresAt,
  ]);
  return rows[0]?.id;
}

/** Saves what may change of a coupon as its next version. */
export async function saveCoupon(tx: Tx, coupon: Coupon): Promise<Coupon> {
  await tx.query(
    `update coupons set max_redemptions = $2, expires_at = $3, is_active = $4, version = version + 1 where id = $1`,
    [coupon.id, coupon.maxRedemptions, coupon.expiresAt, coupon.isActive],
  );
  return { ...coupon, version: coupon.version + 1 };
}

/** A page of coupons, newest first; of everybody when `ownerId` is null. */
export async function listCoupons(
  db: Queryable,
  { ownerId, before, limit }: { ownerId: string | null; before: string | null; limit: number },
): Promise<Coupon[]> {
  const { rows } = await db.query<Coupon>(
    `${SELECT} where ($1::uuid is null or p.owner_id = $1) and ($2::uuid is null or p.id < $2)
     order by p.id desc limit $3`,
    [ownerId, before, limit],
  );
  return rows;
}

/** The coupon as its owner sees it. */
export const couponDocument = ({ ownerId: _owner, ...coupon }: Coupon): CouponDocument => ({
  ...coupon,
  startsAt: coupon.startsAt.toISOString(),
  expiresAt: coupon.expiresAt?.toISOString() ?? null,
});
