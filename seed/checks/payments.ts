import type { Invariant } from './invariant.ts';

export const PAYMENT_INVARIANTS: Invariant[] = [
  {
    name: 'an enrollment in a paid course has its payment, one in a free course has none',
    sql: `
      select e.id from enrollments e
      join courses c on c.id = e.course_id
      left join payments p on p.id = e.payment_id and p.user_id = e.user_id and p.course_id = e.course_id
        and p.status = case when e.revoked_at is null then 'succeeded' else 'refunded' end
      where (c.price_amount is null) <> (e.payment_id is null) or (e.payment_id is not null and p.id is null)`,
  },
  {
    name: 'a payment that was charged has its enrollment',
    sql: `
      select p.id from payments p left join enrollments e on e.payment_id = p.id
      where p.status in ('succeeded', 'refunding', 'refunded') and e.id is null`,
  },
  {
    name: 'a payment is of the price of its course',
    sql: `
      select p.id from payments p join course_revisions r on r.course_id = p.course_id
      join courses c on c.id = r.course_id and c.live_revision = r.revision
      where (p.list_amount, p.currency, p.course_title) is distinct from
        ((r.price ->> 'amount')::int, r.price ->> 'currency', r.title)`,
  },
  {
    name: 'a payment is made after its course was published, settled and refunded in this order',
    sql: `
      select p.id from payments p join courses c on c.id = p.course_id
      where p.created_at < c.first_published_at or p.settled_at < p.created_at or p.refunded_at < p.settled_at
        or (p.settled_at is null) <> (p.status = 'pending') or (p.refunded_at is null) <> (p.status <> 'refunded')`,
  },
  {
    name: "payments agree with the provider's books",
    sql: `
      select p.id from payments p
      left join mock_provider.charges h on h.idempotency_key = p.id::text and h.amount = p.amount and h.currency = p.currency
      left join mock_provider.refunds b on b.charge_id = h.id and b.amount = p.amount
      where p.provider = 'mock' and p.amount > 0 and case p.status
        when 'succeeded' then (h.outcome, h.id) is distinct from ('succeeded', p.provider_charge_id) or b.id is not null
        when 'refunded' then (h.outcome, h.id, b.id)
          is distinct from ('succeeded', p.provider_charge_id, p.provider_refund_id)
        when 'declined' then (h.outcome, h.decline_code) is distinct from ('declined', p.decline_code)
        else false end`,
  },
  {
    name: 'the provider charged nobody for nothing',
    sql: `
      select h.id from mock_provider.charges h left join payments p on p.id::text = h.idempotency_key where p.id is null`,
  },
  {
    name: 'what was charged has a receipt, with a number that was given out',
    sql: `
      select id from payments
      where (status in ('succeeded', 'refunding', 'refunded')) <> (receipt_number is not null)
        or receipt_number > (select last_value from receipt_numbers)`,
  },
  {
    name: 'coupons count the payments that use them',
    sql: `
      select k.id from coupons k
      where k.redemptions <> (
        select count(*) from payments p where p.coupon_id = k.id and p.status not in ('declined', 'failed')
      )`,
  },
];
