import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { OutboxEvent } from '@eduplatform/contracts/events';
import { appendToOutbox } from '@eduplatform/db/outbox';
import { sqlState, transaction, type Tx } from '@eduplatform/db/transaction';
import { insertTeacher, type TestCourse } from '../courses.ts';

/** People and courses on which a random script acts, with the chance that decides. */
export interface School {
  pool: pg.Pool;
  random: Random;
  teachers: string[];
  students: string[];
  courses: TestCourse[];
  /** Position of the last event that was committed. */
  position: string;
}

export interface Random {
  /** 0 ≤ n < limit */
  below(limit: number): number;
  pick<T>(items: readonly T[]): T | undefined;
}

/** Mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, pick: (items) => items[below(items.length)] };
}

/** Something that happens at a school in one transaction: what it changed, as the write API would tell. */
export type Happening = (school: School, tx: Tx) => Promise<OutboxEvent[]>;

const FOREIGN_KEY_VIOLATION = '23503';

/** Lets it happen; nothing is told of what changed nothing. */
export async function happen(school: School, happening: Happening): Promise<void> {
  const position = await transaction(school.pool, async (tx) => {
    const events = await happening(school, tx);
    return events.length > 0 ? appendToOutbox(tx, events, null) : '';
  }).catch((error: unknown) => {
    // What it refers to was taken away at the same moment.
    if (sqlState(error) === FOREIGN_KEY_VIOLATION) return '';
    throw error;
  });
  if (position > school.position) school.position = position;
}

export const event = <T extends OutboxEvent['type']>(type: T, payload: OutboxEvent<T>['payload']): OutboxEvent<T> => ({
  type,
  aggregateType: 'user',
  aggregateId: 'any',
  aggregateVersion: 1,
  payload,
});

/** A row of what a statement answers, as an event; none: nothing changed. */
export const eventsOf = <R>(rows: R[], toEvent: (row: R) => OutboxEvent): OutboxEvent[] => rows.map(toEvent);

export async function createSchool(pool: pg.Pool, seed: number): Promise<School> {
  const teachers = [await insertTeacher(pool, 'Ada'), await insertTeacher(pool, 'Grace')];
  const school: School = { pool, random: randomOf(seed), teachers, students: [], courses: [], position: '' };
  await Promise.all(Array.from({ length: 6 }, () => happen(school, register)));
  return school;
}

export const register: Happening = async (school, tx) => {
  const { rows } = await tx.query<{ id: string }>(
    `insert into users (email, password_hash, name) values ($1, 'secret-hash', $2) returning id`,
    [`${randomUUID()}@example.com`, `Student ${school.random.below(1000)}`],
  );
  const userId = rows[0]?.id ?? '';
  school.students.push(userId);
  return [event('user.registered', { userId })];
};
