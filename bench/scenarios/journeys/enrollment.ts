import { sleep } from 'k6';
import exec from 'k6/execution';
import { command, jsonOf, positionOf, read } from '../lib/api.ts';
import { anyCourse } from '../lib/world.ts';

/** The built-in payment provider charges it. */
const CARD = { number: '4242 4242 4242 4242', expiryMonth: 12, expiryYear: 2090, cvc: '123' };

/** Registers, enrolls or pays, and looks at the own courses and notifications. @param pause seconds in between */
export function enrollment(pause = 0): void {
  const name = `Student ${exec.vu.idInTest}`;
  const email = `k6-${Date.now()}-${exec.vu.idInTest}-${exec.vu.iterationInInstance}@example.com`;
  const body = { email, name, password: 'a-password-of-the-bench' };
  const session = command('POST', '/v1/auth/register', { name: 'register', body });
  const token = jsonOf<{ accessToken: string }>(session).accessToken;
  sleep(pause);
  const { id, isFree } = anyCourse();
  const entered = isFree
    ? command('POST', '/v1/enrollments', { name: 'enroll', token, body: { courseId: id } })
    : command('POST', '/v1/payments', {
        name: 'pay',
        token,
        idempotencyKey: email,
        body: { courseId: id, card: CARD },
      });
  const after = positionOf(entered);
  read('/v1/enrollments/me', { name: 'my courses', token, after });
  sleep(pause);
  read('/v1/notifications/me', { name: 'notifications', token, after });
}
