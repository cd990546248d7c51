import { randomUUID } from 'node:crypto';
import { ACTORS, type Actor } from '@eduplatform/local/testing/authorization/actors';
import type { Role } from '@eduplatform/contracts/primitives';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { document } from '../support/learning.ts';
import type { RedisWriter } from '../support/redis-writer.ts';
import type { SearchWriter } from '../support/search-writer.ts';
import { createHolder, type Holder, type Secret } from './holder.ts';

const ROLES: Record<Exclude<Actor, 'anonymous'>, Role> = {
  student: 'student',
  enrolledStudent: 'student',
  otherTeacher: 'teacher',
  owner: 'teacher',
  unverifiedTeacher: 'teacher',
  suspendedUser: 'teacher',
  admin: 'admin',
};

export interface World {
  people: Record<Actor, Holder | null>;
  /** Somebody else, who has what is foreign to every actor. */
  stranger: Holder;
  /** The private text of all of them. */
  secrets: Secret[];
}

/** People who each have one of everything; the enrolled student learns in every course that one of them teaches. */
export function createWorld(): World {
  const ids = Object.fromEntries(ACTORS.map((actor) => [actor, randomUUID()])) as Record<Actor, string>;
  const readers = { graduates: [ids.enrolledStudent], admins: [ids.admin] };
  const holders = Object.entries(ROLES).map(
    ([actor, role]) => [actor, createHolder(ids[actor as Actor], role, readers)] as const,
  );
  const stranger = createHolder(randomUUID(), 'teacher', readers);
  return {
    people: { anonymous: null, ...(Object.fromEntries(holders) as Record<keyof typeof ROLES, Holder>) },
    stranger,
    secrets: [stranger, ...holders.map(([, holder]) => holder)].flatMap(({ secrets }) => secrets),
  };
}

/** Writes what the indexer would write of all of them. */
export async function publishWorld(
  { people, stranger }: World,
  redis: RedisWriter,
  search: SearchWriter,
): Promise<void> {
  const holders = [stranger, ...Object.values(people)].filter((holder) => holder !== null);
  const courses = holders.flatMap(({ taught, studied }) => [taught, studied]);
  await redis.publish(...courses);
  await redis.batch(holders.flatMap(({ documents }) => documents));
  await redis.batch([document(documentKeys.categories(), { items: [], nextCursor: null })]);
  await redis.declare();
  await search.create();
  await search.publish(...courses);
}
