import { expect, test } from 'vitest';
import { afterRow, atHorizon, buildStart, checkpointPosition, parseCheckpoint } from './checkpoint.ts';

const identity = { history: 3, systemIdentifier: '7', timeline: 1, databaseOid: 5 };
const start = buildStart(identity, { transactionId: '18446744073709551000', position: '0' }, 2);

test('a checkpoint survives being stored as text', () => {
  const checkpoint = afterRow(start, {
    transactionId: '18446744073709551001',
    position: '9007199254740993',
    id: 'row',
  });
  expect(parseCheckpoint(JSON.stringify(checkpoint))).toEqual(checkpoint);
  expect(checkpointPosition(checkpoint)).toBe('0000000003-18446744073709551001-0009007199254740993');
});

test('a checkpoint of before there were models is one of model 0', () => {
  const { model: _, ...old } = { ...start, builtUpTo: '0190a000-0000-7000-8000-000000000001' };
  expect(parseCheckpoint(JSON.stringify(old))).toEqual({ ...start, model: 0, builtUpTo: null });
});

test.each([null, '', 'nonsense', '{}', '{"state":"live","cursor":{"transactionId":"x","position":"1"}}'])(
  'what is not a checkpoint is none: %s',
  (text) => expect(parseCheckpoint(text)).toBeNull(),
);

test('a horizon never moves a checkpoint back', () => {
  const ahead = { transactionId: '18446744073709551002', position: '0' };
  expect(atHorizon(start, ahead).cursor).toEqual(ahead);
  expect(atHorizon(start, { transactionId: '17', position: '0' })).toBe(start);
});

test('the horizon of a row leaves that row applied', () => {
  const row = { transactionId: '18446744073709551005', position: '4', id: 'row' };
  const checkpoint = afterRow(start, row);
  expect(atHorizon(checkpoint, { transactionId: row.transactionId, position: '0' })).toBe(checkpoint);
});
