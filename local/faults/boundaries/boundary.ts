import { createHash } from 'node:crypto';
import { scripts } from '@eduplatform/indexer/sinks/redis/scripts';
import type { Moment, Trap } from '../../testing/trap.ts';
import type { Arena, Proxies } from '../arena/arena.ts';
import type { SearchRequest } from '../search-proxy/search-proxy.ts';

/** A place between two steps of the indexer, known by a message that it sends there. */
export interface Boundary {
  name: string;
  isShort?: boolean;
  set: (proxies: Proxies) => Trap;
  /** Has to be so before the trap is set. */
  prepare?: (arena: Arena) => Promise<unknown>;
  /** What makes the indexer come there, unless it does so all the time; answers the id of a job that has to end afterwards. */
  provoke?: (arena: Arena) => Promise<string | null>;
}

/** A statement to Postgres, by a part of its text, its name or its values. */
export const statement =
  (part: string, moment: Moment) =>
  ({ postgres }: Proxies): Trap =>
    postgres.trap((message) => message.includes(part), moment);

/** A script of the Redis sink that is called with these texts among its arguments, and without those. */
export const script =
  (name: keyof typeof scripts, moment: Moment, { having = [], lacking = [] }: Arguments = {}) =>
  ({ redis }: Proxies): Trap => {
    const { lua } = scripts[name];
    const sha = createHash('sha1').update(lua).digest('hex');
    const matches = (message: string): boolean =>
      // The first call on a connection sends the text.
      (message.includes(sha) || message.includes(lua)) &&
      having.every((part) => message.includes(part)) &&
      !lacking.some((part) => message.includes(part));
    return redis.trap(matches, moment);
  };

interface Arguments {
  having?: string[];
  lacking?: string[];
}

/** A command of Redis, in lower case. */
export const command =
  (name: string, moment: Moment) =>
  ({ redis }: Proxies): Trap =>
    redis.trap((message) => message.toLowerCase().includes(`\r\n${name}\r\n`), moment);

/** A request to the search server, by its method and path. */
export const search =
  (method: string, path: RegExp, moment: Moment) =>
  (proxies: Proxies): Trap =>
    proxies.search.trap((asked: SearchRequest) => asked.method === method && path.test(asked.path), moment);

export const DOCUMENTS = /^\/indexes\/\w*(courses|lessons)_\w+\/documents$/;
export const META = /^\/indexes\/\w*meta_\w+\/documents$/;
