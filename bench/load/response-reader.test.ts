import { expect, test } from 'vitest';
import { ResponseReader } from './response-reader.ts';

const responses = Buffer.from(
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    'HTTP/1.1 304 Not Modified\r\netag: "x"\r\n\r\n',
    'HTTP/1.1 503 Service Unavailable\r\nvary: a\r\ncontent-length: 0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\nabcdefghijklm\r\nopqrstuvwxy\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nx-checked: yes\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n\r\n\r\nabcd',
  ].join(''),
);

function read(pieceLength: number): number[] {
  const statuses: number[] = [];
  const reader = new ResponseReader((status) => statuses.push(status));
  for (let at = 0; at < responses.length; at += pieceLength) reader.read(responses.subarray(at, at + pieceLength));
  return statuses;
}

test('responses are told apart in whatever pieces they arrive', () => {
  for (let length = 1; length <= responses.length; length += 1)
    expect(read(length)).toEqual([200, 304, 503, 200, 200, 200]);
});

test('an answer that does not say its length is an error', () => {
  const reader = new ResponseReader(() => {});
  expect(() => reader.read(Buffer.from('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n'))).toThrow('how long');
});
