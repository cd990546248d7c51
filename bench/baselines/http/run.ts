import { createTokenVerifier } from '@eduplatform/http-kit/auth';
import { remoteJwks } from '@eduplatform/http-kit/jwks';
import { runService } from '@eduplatform/process-kit/service';
import type { Logger } from '@eduplatform/observability/logger';
import { baselineConfig, type BaselineConfig } from '../config.ts';
import type { BaselineKind } from '../kinds.ts';
import type { Reads } from './reads.ts';
import { baselineRoutes } from './routes.ts';
import { createBaselineServer } from './server.ts';

/** What reads the database, and how to let go of it. */
export interface OpenReads {
  reads: Reads;
  /** Throws while the database cannot be reached. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The process of a baseline: from its environment to a server that listens, until it is told to end. */
export const runBaseline = (
  kind: BaselineKind,
  open: (config: BaselineConfig, logger: Logger) => Promise<OpenReads>,
): Promise<void> =>
  runService(`baseline-${kind}`, async (logger) => {
    const config = baselineConfig();
    const keys = remoteJwks({ url: new URL('/.well-known/jwks.json', config.WRITE_API_URL).href, logger });
    const { reads, check, close } = await open(config, logger);
    const app = await createBaselineServer({
      name: `baseline-${kind}`,
      middleware: config.MIDDLEWARE,
      logger,
      verifier: createTokenVerifier(keys),
      check,
    });
    baselineRoutes(app, reads);
    await app.listen({ host: config.HOST, port: config.PORT });
    return {
      async stop() {
        await app.close();
        await close();
      },
    };
  });
