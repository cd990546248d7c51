/**
 * Preloaded (`node --import`) into a service: parses and stringifies the body of every answer, as a service does that
 * keeps objects instead of bytes. Nothing else about it changes.
 */
import { ServerResponse } from 'node:http';

type End = (this: ServerResponse, body?: unknown, ...more: unknown[]) => ServerResponse;

const send = Reflect.get(ServerResponse.prototype, 'end') as End;
const end: End = function (body, ...more) {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : '';
  return send.call(this, text.startsWith('{') ? JSON.stringify(JSON.parse(text)) : body, ...more);
};
ServerResponse.prototype.end = end as ServerResponse['end'];
