import { describe, expect, it, vi } from 'vitest';
import { EventStream } from './event-stream.ts';

describe('an event stream', () => {
  it('writes events, heartbeats and the time to come back as the format has them', async () => {
    const stream = new EventStream(() => {});
    stream.retryAfter(2000);
    stream.send({ event: 'notification', data: '{"a":1}', id: 'x' });
    stream.heartbeat();
    stream.send({ event: 'unread', data: '3' });
    stream.end();
    stream.send({ event: 'unread', data: '4' });
    stream.end();
    const chunks = await stream.toArray();
    expect(Buffer.concat(chunks as Buffer[]).toString()).toBe(
      'retry: 2000\n\nid: x\nevent: notification\ndata: {"a":1}\n\n:\n\nevent: unread\ndata: 3\n\n',
    );
  });

  it('gives a reader up who does not read', () => {
    const onSlow = vi.fn();
    const stream = new EventStream(onSlow);
    const data = 'x'.repeat(1000);
    for (let sent = 0; sent < 250; sent += 1) stream.send({ event: 'notification', data });
    expect(onSlow).not.toHaveBeenCalled();
    for (let sent = 0; sent < 20; sent += 1) stream.send({ event: 'notification', data });
    expect(onSlow).toHaveBeenCalled();
  });
});
