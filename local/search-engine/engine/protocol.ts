/** Messages between the HTTP thread and the thread that holds the indexes. */

export interface EngineRequest {
  method: string;
  path: string;
  /** Query string without `?`. */
  query: string;
  authorization: string | undefined;
  contentType: string | undefined;
  body: Uint8Array<ArrayBuffer>;
}

export interface EngineResponse {
  status: number;
  body: string;
}

export type ToEngine = { kind: 'request'; id: number; request: EngineRequest } | { kind: 'close' };

export type FromEngine =
  | { kind: 'ready' }
  | { kind: 'response'; id: number; response: EngineResponse }
  | {
      kind: 'log';
      level: 'info' | 'warn' | 'error';
      message: string;
      fields: Record<string, string | number | boolean | null>;
    };

export interface EngineThreadOptions {
  dataDir: string;
  masterKey: string | null;
  maxDocuments: number;
  snapshotEveryBytes: number;
}
