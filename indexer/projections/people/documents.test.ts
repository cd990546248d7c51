import { describe, expect, test } from 'vitest';
import { lists } from '@eduplatform/contracts/redis-keys';
import { notificationDocument } from './notifications.ts';
import { paymentDocument } from './payments.ts';

const at = new Date('2026-05-01T12:00:00.000Z');

describe('a notification', () => {
  const row = {
    id: 'n',
    userId: 'u',
    type: 'enrolled',
    params: { courseTitle: 'Bread', link: '/courses/bread' },
  } as const;

  test('tells where it leads beside its words, and stands among the unread until it is read', () => {
    const unread = notificationDocument({ ...row, readAt: null, createdAt: at });
    expect(unread).toMatchObject({ lists: [{ list: lists.notifications('u') }, { list: lists.unread('u') }] });
    expect(JSON.parse('body' in unread ? unread.body : '')).toEqual({
      ...{ id: 'n', type: 'enrolled', params: { courseTitle: 'Bread' }, link: '/courses/bread' },
      ...{ isRead: false, createdAt: at.toISOString() },
    });
    const read = notificationDocument({ ...row, readAt: at, createdAt: at });
    expect(read).toMatchObject({ lists: [{ list: lists.notifications('u') }] });
  });
});

describe('a payment', () => {
  const row = {
    ...{ id: 'p', user_id: 'u', course_id: 'c', course_title: 'Bread', status: 'succeeded' as const, currency: 'USD' },
    ...{ list_amount: 1000, discount_amount: 250, amount: 750, coupon_code: 'SPRING', decline_code: null },
    ...{
      card_brand: 'visa',
      card_last4: '4242',
      receipt_number: 42,
      created_at: at,
      settled_at: at,
      refunded_at: null,
    },
  };
  const bodyOf = (change: { card_brand?: null }) => {
    const document = paymentDocument({ ...row, ...change });
    return JSON.parse('body' in document ? document.body : '') as unknown;
  };

  test('shows what was paid and with which card, with its receipt', () => {
    expect(bodyOf({})).toMatchObject({
      listPrice: { amount: 1000, currency: 'USD' },
      discount: { amount: 250 },
      total: { amount: 750 },
      card: { brand: 'visa', last4: '4242' },
      receiptNumber: 'EDU-000042',
    });
  });

  test('has no card once the account was deleted', () => {
    expect(bodyOf({ card_brand: null })).toMatchObject({ card: null, receiptNumber: 'EDU-000042' });
  });
});
