import { MeiliError } from '../errors.ts';
import { compileFilter } from '../filter/evaluate.ts';
import { parseFilterParameter, withCode } from '../filter/expression.ts';
import { selectPaths } from '../index/paths.ts';
import type { SearchIndex, StoredDocument } from '../index/search-index.ts';
import type { JsonObject } from '../json.ts';
import { summarize } from '../tasks/views.ts';
import {
  anything,
  array,
  field,
  integerParameter,
  listParameter,
  nullable,
  positiveInteger,
  readFields,
  readParameters,
  string,
} from '../validate/read.ts';
import { readDocuments } from './read-documents.ts';
import { accepted, indexParam, ok, param, type Answer, type Route, type RouteContext } from './route.ts';

const BASE = '/indexes/:indexUid/documents';
const DEFAULT_LIMIT = 20;

async function add(context: RouteContext, method: 'replace' | 'merge'): Promise<Answer> {
  const indexUid = indexParam(context);
  const { primaryKey, customMetadata } = readParameters(context.query, {
    primaryKey: field(string, 'invalid_index_primary_key'),
    customMetadata: field(string, 'invalid_index_custom_metadata'),
  });
  const documents = await readDocuments(context.body);
  const mayCreate = context.access.allows('indexes.create', indexUid);
  const task = await context.engine.enqueue(
    { type: 'documentAdditionOrUpdate', indexUid, method, primaryKey: primaryKey ?? null, documents, mayCreate },
    customMetadata,
  );
  return accepted(summarize(task));
}

type Deleted = { ids: string[] } | { filter: unknown } | { all: true };

async function remove(context: RouteContext, what: Deleted): Promise<Answer> {
  const { customMetadata } = readParameters(context.query, {
    customMetadata: field(string, 'invalid_index_custom_metadata'),
  });
  const operation = { type: 'documentDeletion' as const, indexUid: indexParam(context), ...what };
  return accepted(summarize(await context.engine.enqueue(operation, customMetadata)));
}

function readIds(body: unknown): string[] {
  if (!Array.isArray(body))
    throw new MeiliError('bad_request', 'Json deserialize error: expected an array of document ids');
  return body.map((id: unknown) => {
    if (typeof id === 'string' || typeof id === 'number') return String(id);
    throw new MeiliError('invalid_document_id', `Document identifier \`${JSON.stringify(id)}\` is invalid.`);
  });
}

function readFilter(body: unknown): unknown {
  const { filter } = readFields(body, { filter: field(anything, 'invalid_document_filter') });
  if (filter === undefined) throw new MeiliError('missing_document_filter', 'Missing field `filter`');
  const parsed = withCode('invalid_document_filter', () => parseFilterParameter(filter));
  if (parsed === null) throw new MeiliError('invalid_document_filter', 'Sending an empty filter is forbidden.');
  return filter;
}

interface Fetch {
  offset: number;
  limit: number;
  fields: string[] | null;
  filter: unknown;
  ids: string[] | null;
}

function chosen(index: SearchIndex, { filter, ids }: Fetch): StoredDocument[] {
  const parsed = withCode('invalid_document_filter', () => parseFilterParameter(filter));
  const accepts =
    parsed === null ? () => true : withCode('invalid_document_filter', () => compileFilter(parsed, index));
  const wanted = ids === null ? null : new Set(ids);
  return [...index.documents()].filter((document) => (wanted?.has(document.id) ?? true) && accepts(document));
}

const select = (body: JsonObject, fields: string[] | null): JsonObject => selectPaths(body, fields ?? ['*']);

function fetchDocuments(context: RouteContext, fetch: Fetch): Answer {
  const index = context.engine.indexes.require(indexParam(context));
  const documents = chosen(index, fetch);
  const { offset, limit, fields } = fetch;
  const results = documents.slice(offset, offset + limit).map(({ body }) => select(body, fields));
  return ok({ results, offset, limit, total: documents.length });
}

const fetchFromBody = (context: RouteContext): Answer => {
  const given = readFields(context.body.json(), {
    offset: field(positiveInteger, 'invalid_document_offset'),
    limit: field(positiveInteger, 'invalid_document_limit'),
    fields: field(nullable(array(string)), 'invalid_document_fields'),
    filter: field(anything, 'invalid_document_filter'),
    ids: field(nullable(array(anything)), 'invalid_document_ids'),
  });
  const { offset = 0, limit = DEFAULT_LIMIT, fields = null, filter, ids } = given;
  return fetchDocuments(context, { offset, limit, fields, filter, ids: ids?.map(String) ?? null });
};

const fetchFromQuery = (context: RouteContext): Answer => {
  const given = readParameters(context.query, {
    offset: field(integerParameter, 'invalid_document_offset'),
    limit: field(integerParameter, 'invalid_document_limit'),
    fields: field(listParameter, 'invalid_document_fields'),
    filter: field(string, 'invalid_document_filter'),
    ids: field(listParameter, 'invalid_document_ids'),
  });
  const { offset = 0, limit = DEFAULT_LIMIT, fields, filter, ids } = given;
  const all = fields?.includes('*') === true ? null : (fields ?? null);
  return fetchDocuments(context, { offset, limit, fields: all, filter, ids: ids ?? null });
};

export const documentRoutes: readonly Route[] = [
  { method: 'GET', path: BASE, action: 'documents.get', handle: fetchFromQuery },
  { method: 'POST', path: `${BASE}/fetch`, action: 'documents.get', handle: fetchFromBody },
  { method: 'POST', path: BASE, action: 'documents.add', handle: (context) => add(context, 'replace') },
  { method: 'PUT', path: BASE, action: 'documents.add', handle: (context) => add(context, 'merge') },
  { method: 'DELETE', path: BASE, action: 'documents.delete', handle: (context) => remove(context, { all: true }) },
  {
    method: 'POST',
    path: `${BASE}/delete-batch`,
    action: 'documents.delete',
    handle: (context) => remove(context, { ids: readIds(context.body.json()) }),
  },
  {
    method: 'POST',
    path: `${BASE}/delete`,
    action: 'documents.delete',
    handle: (context) => remove(context, { filter: readFilter(context.body.json()) }),
  },
  {
    method: 'GET',
    path: `${BASE}/:documentId`,
    action: 'documents.get',
    handle: (context) => {
      const { fields = null } = readParameters(context.query, {
        fields: field(listParameter, 'invalid_document_fields'),
      });
      const id = param(context, 'documentId');
      const document = context.engine.indexes.require(indexParam(context)).get(id);
      if (document === undefined) throw new MeiliError('document_not_found', `Document \`${id}\` not found.`);
      return ok(select(document.body, fields));
    },
  },
  {
    method: 'DELETE',
    path: `${BASE}/:documentId`,
    action: 'documents.delete',
    handle: (context) => remove(context, { ids: [param(context, 'documentId')] }),
  },
];
