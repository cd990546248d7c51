import { expect, test } from 'vitest';
import { formatPosition } from '@eduplatform/contracts/positions';
import { buildStart, type Checkpoint } from '../checkpoint.ts';
import { decideOpening, type Found } from './opening.ts';

const identity = { history: 1, systemIdentifier: 's', timeline: 1, databaseOid: 5 };
const live: Checkpoint = {
  ...buildStart(identity, { transactionId: '100', position: '7' }, 3),
  state: 'live',
};
const at = (transactionId: string) => formatPosition({ history: 1, transactionId, position: '7' });
const opening = (change: Partial<Found>) =>
  decideOpening({
    ...{ checkpoint: live, identity, droppedUpTo: null, isMarked: false, isContinued: true },
    model: { number: 3, oldestReadable: 2 },
    ...change,
  });

test('a checkpoint of this database, whose row it has, is continued', () => {
  expect(opening({})).toBe('continue');
  expect(opening({ checkpoint: { ...live, state: 'building' } })).toBe('continue');
});

test('nothing, or what belongs to another database or history, is begun anew', () => {
  expect(opening({ checkpoint: null })).toBe('begin');
  expect(opening({ identity: { ...identity, databaseOid: 6 } })).toBe('begin');
  expect(opening({ identity: { ...identity, history: 2 } })).toBe('begin');
});

test('a row that the database does not have ends its history', () => {
  expect(opening({ isContinued: false })).toBe('end-history');
});

test('what stands before dropped rows serves as it is; the row that was dropped with them proves nothing', () => {
  expect(opening({ droppedUpTo: at('101'), isContinued: false })).toBe('serve');
  expect(opening({ droppedUpTo: at('100') })).toBe('continue');
  expect(opening({ droppedUpTo: at('101'), checkpoint: { ...live, state: 'building' } })).toBe('begin');
});

test('a sink that is marked, or of another model that can be read, follows the stream until it is replaced', () => {
  expect(opening({ isMarked: true })).toBe('renew');
  expect(opening({ checkpoint: { ...live, model: 2 } })).toBe('renew');
  expect(opening({ checkpoint: { ...live, model: 4 } })).toBe('renew');
});

test('a model whose documents cannot be read, or that is only half built, is begun anew', () => {
  expect(opening({ checkpoint: { ...live, model: 1 } })).toBe('begin');
  expect(opening({ checkpoint: { ...live, model: 2, state: 'building' } })).toBe('begin');
});
