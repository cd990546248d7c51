import { MeiliError } from '../errors.ts';
import { compileFilter } from '../filter/evaluate.ts';
import { parseFilterParameter, withCode } from '../filter/expression.ts';
import { documentId, inferPrimaryKey } from '../index/document-id.ts';
import type { IndexStore } from '../index/index-store.ts';
import type { SearchIndex } from '../index/search-index.ts';
import { TextIndex } from '../index/text-index.ts';
import type { JsonObject } from '../json.ts';
import { inIndex } from '../search/in-index.ts';
import { changesText, mergeSettings } from '../settings/merge.ts';
import { createBreather, type Breather } from './breathe.ts';
import type { Operation } from './task.ts';

export interface ApplyContext {
  indexes: IndexStore;
  maxDocuments: number;
  now: string;
  /** Lets waiting searches go first between small steps of work; throws TaskAbortedError when the task is canceled. */
  breathe: Breather;
}

type Addition = Extract<Operation, { type: 'documentAdditionOrUpdate' }>;
type Deletion = Extract<Operation, { type: 'documentDeletion' }>;
type SettingsChange = Extract<Operation, { type: 'settingsUpdate' }>;

/** Carries out an operation and answers the details to be shown; throws MeiliError when it fails, without effect. */
export async function applyOperation(
  operation: Exclude<Operation, { type: 'taskCancelation' }>,
  context: ApplyContext,
): Promise<JsonObject> {
  const { indexes, now } = context;
  switch (operation.type) {
    case 'indexCreation':
      indexes.create(operation.indexUid, operation.primaryKey, now);
      return { primaryKey: operation.primaryKey };
    case 'indexUpdate':
      return updatePrimaryKey(indexes.require(operation.indexUid), operation.primaryKey, now);
    case 'indexDeletion':
      return { deletedDocuments: indexes.remove(operation.indexUid) };
    case 'indexSwap':
      indexes.swap(operation.swaps);
      return {};
    case 'settingsUpdate':
      return changeSettings(operation, context);
    case 'documentAdditionOrUpdate':
      return addDocuments(operation, context);
    case 'documentDeletion':
      return deleteDocuments(operation, context);
  }
}

function updatePrimaryKey(index: SearchIndex, primaryKey: string | null, now: string): JsonObject {
  if (primaryKey !== null && primaryKey !== index.primaryKey) {
    if (index.size > 0) throw primaryKeyTaken(index);
    index.primaryKey = primaryKey;
  }
  index.updatedAt = now;
  return { primaryKey };
}

const primaryKeyTaken = ({ primaryKey }: SearchIndex): MeiliError =>
  new MeiliError('index_primary_key_already_exists', `Index already has a primary key: \`${String(primaryKey)}\`.`);

async function changeSettings(operation: SettingsChange, context: ApplyContext): Promise<JsonObject> {
  const { indexes, now, breathe } = context;
  const index = indexes.requireOrCreate(operation.indexUid, operation.mayCreate, now);
  const settings = mergeSettings(index.settings, operation.update);
  if (changesText(index.settings, settings)) {
    const text = new TextIndex(settings);
    for (const { number, body } of index.documents()) {
      text.put(number, body);
      // Nothing has been changed yet: an index that has documents was there before.
      await breathe();
    }
    index.text = text;
  }
  index.settings = settings;
  index.updatedAt = now;
  index.version += 1;
  return {};
}

function primaryKeyFor(index: SearchIndex, operation: Addition): string {
  const { primaryKey } = operation;
  if (index.primaryKey !== null) {
    if (primaryKey !== null && primaryKey !== index.primaryKey) throw primaryKeyTaken(index);
    return index.primaryKey;
  }
  return primaryKey ?? inferPrimaryKey(operation.documents[0] ?? {});
}

async function addDocuments(operation: Addition, context: ApplyContext): Promise<JsonObject> {
  const { indexes, now, breathe, maxDocuments } = context;
  const { documents, method } = operation;
  const isNew = indexes.get(operation.indexUid) === undefined;
  const index = indexes.requireOrCreate(operation.indexUid, operation.mayCreate, now);
  const received = { receivedDocuments: documents.length, indexedDocuments: documents.length };
  if (documents.length === 0) return received;
  const primaryKey = primaryKeyFor(index, operation);
  const ids = documents.map((document) => documentId(document, primaryKey));
  const added = new Set(ids.filter((id) => index.get(id) === undefined)).size;
  if (index.size + added > maxDocuments) throw tooManyDocuments(index, added, maxDocuments);
  const primaryKeyBefore = index.primaryKey;
  const replaced: { id: string; body: JsonObject | undefined }[] = [];
  index.primaryKey = primaryKey;
  try {
    for (const [at, document] of documents.entries()) {
      const id = ids[at] ?? '';
      const body = index.get(id)?.body;
      replaced.push({ id, body });
      index.put(id, method === 'replace' || body === undefined ? document : { ...body, ...document });
      await breathe();
    }
  } catch (error) {
    await putBack(index, replaced);
    index.primaryKey = primaryKeyBefore;
    if (isNew) indexes.remove(operation.indexUid);
    throw error;
  }
  index.updatedAt = now;
  return received;
}

/** Undoes an addition, the last document first: an id may have come twice. */
async function putBack(index: SearchIndex, replaced: { id: string; body: JsonObject | undefined }[]): Promise<void> {
  const breathe = createBreather();
  for (const { id, body } of replaced.toReversed()) {
    if (body === undefined) index.delete(id);
    else index.put(id, body);
    await breathe();
  }
}

const tooManyDocuments = (index: SearchIndex, added: number, maximum: number): MeiliError =>
  new MeiliError(
    'database_size_limit_reached',
    `Index \`${index.uid}\`: the embedded search engine holds at most ${maximum} documents per index; this addition would make ${index.size + added}. Set MEILI_URL (and MEILI_MASTER_KEY) to use a real Meilisearch.`,
  );

function idsToDelete(operation: Deletion, index: SearchIndex): string[] {
  if ('ids' in operation) return operation.ids;
  if ('all' in operation) return [];
  const filter = withCode('invalid_document_filter', () => parseFilterParameter(operation.filter));
  if (filter === null) return [];
  const accepts = withCode('invalid_document_filter', () => inIndex(index.uid, () => compileFilter(filter, index)));
  return [...index.documents()].filter(accepts).map(({ id }) => id);
}

async function deleteDocuments(operation: Deletion, context: ApplyContext): Promise<JsonObject> {
  const index = context.indexes.require(operation.indexUid);
  index.updatedAt = context.now;
  if ('all' in operation) return { deletedDocuments: index.clear() };
  let deletedDocuments = 0;
  const ids = idsToDelete(operation, index);
  // Begun, it is carried through: a document that is put back would come last in the order of arrival.
  const breathe = createBreather();
  for (const id of ids) {
    if (index.delete(id)) deletedDocuments += 1;
    await breathe();
  }
  return { deletedDocuments };
}
