import { join } from 'node:path';
import type { RedisProgram } from '../../servers/redis.ts';
import type { SearchProgram } from '../../servers/search.ts';
import type { PortName, StackConfig } from '../config.ts';
import type { StackSecrets } from '../secrets.ts';

/** What the definitions of the parts are made from. */
export interface StackContext {
  config: StackConfig;
  ports: Record<PortName, number>;
  secrets: StackSecrets;
  urls: {
    database: string;
    redis: string;
    search: string;
    /** OTLP endpoint. */
    traces: string;
    readApi: string;
    writeApi: string;
    indexer: string;
    web: string;
  };
  meiliMasterKey: string;
}

export interface Programs {
  redis: RedisProgram;
  search: SearchProgram;
}

export const logFileOf = ({ config }: Pick<StackContext, 'config'>, name: string): string =>
  join(config.logDirectory, `${name}.log`);
