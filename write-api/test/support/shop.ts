import { createDraft, type Answer, type Harness, type Person } from '../harness.ts';

export const CARDS = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  poor: '4000 0000 0000 9995',
  answerLost: '4000 0000 0000 0077',
  requestLost: '4000 0000 0000 0341',
} as const;

export const cardOf = (number: string) => ({ number, expiryMonth: 12, expiryYear: 2099, cvc: '123' });

export interface SoldCourse {
  id: string;
  slug: string;
  version: number;
  lessonId: string;
}

const PRICE = { amount: 1999, currency: 'EUR' };

/** A published course with one lesson; free with the price null. */
export async function sellCourse(
  harness: Harness,
  teacher: Person,
  price: { amount: number; currency: string } | null = PRICE,
): Promise<SoldCourse> {
  const draft = await createDraft(harness, teacher);
  const priced = await harness.send('PATCH', `/v1/courses/${draft.id}`, {
    as: teacher,
    version: draft.version,
    body: { price, subtitle: 'For everybody' },
  });
  const version = Number(priced.body.version);
  const published = await harness.send('POST', `/v1/courses/${draft.id}/publish`, { as: teacher, version });
  return { id: draft.id, slug: published.body.slug, version: published.body.version, lessonId: draft.lessonId };
}

let keys = 0;

export interface BuyOptions {
  card?: string | null;
  key?: string;
  couponCode?: string;
}

/** POST /v1/payments, with a key of its own unless one is given. */
export function buy(
  harness: Pick<Harness, 'send'>,
  as: Person,
  courseId: string,
  { card = CARDS.good, key, couponCode }: BuyOptions = {},
): Promise<Answer> {
  keys += 1;
  return harness.send('POST', '/v1/payments', {
    as,
    headers: { 'idempotency-key': key ?? `purchase-${keys}` },
    body: { courseId, ...(card !== null && { card: cardOf(card) }), ...(couponCode !== undefined && { couponCode }) },
  });
}

/** What is true of one person and one course, wherever it is kept. */
export interface Books {
  /** Charges that the provider made, and refunds. */
  charges: number;
  refunds: number;
  isEnrolled: boolean;
  statuses: string[];
}

export async function booksOf({ pool }: Pick<Harness, 'pool'>, userId: string, courseId: string): Promise<Books> {
  const { rows } = await pool.query<Books>(
    `with mine as (select * from payments where user_id = $1 and course_id = $2)
     select
       (select count(*)::int from mock_provider.charges c join mine on mine.id::text = c.idempotency_key
         where c.outcome = 'succeeded') as charges,
       (select count(*)::int from mock_provider.refunds r join mine on mine.id::text = r.idempotency_key) as refunds,
       exists (select 1 from enrollments where user_id = $1 and course_id = $2 and revoked_at is null) as "isEnrolled",
       array(select status from mine order by id) as statuses`,
    [userId, courseId],
  );
  if (!rows[0]) throw new Error('no answer');
  return rows[0];
}
