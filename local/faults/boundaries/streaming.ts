import { DOCUMENTS, META, script, search, statement, type Boundary } from './boundary.ts';

const LOADING = 'load-courses';
const LOOKING_UP = /\/documents\/fetch$/;

/** While the stream is followed. */
export const streaming: Boundary[] = [
  { name: 'before a batch is read', set: statement('read-batch', 'before') },
  { name: 'when a batch was read', set: statement('read-batch', 'answered') },
  { name: 'before documents are loaded', set: statement(LOADING, 'before') },
  { name: 'when documents were loaded', set: statement(LOADING, 'answered') },
  { name: 'before Redis is asked what it holds', set: script('indexerHeld', 'before') },
  { name: 'when Redis has told what it holds', set: script('indexerHeld', 'answered') },
  { name: 'before a batch is written to Redis', set: script('indexerApply', 'before') },
  {
    name: 'when Redis has written a batch, unheard',
    isShort: true,
    set: script('indexerApply', 'answered'),
  },
  { name: 'before the search server is asked what it holds', set: search('POST', LOOKING_UP, 'before') },
  { name: 'when the search server has told what it holds', set: search('POST', LOOKING_UP, 'answered') },
  { name: 'before documents are sent to the search server', set: search('POST', DOCUMENTS, 'before') },
  {
    name: 'when the search server has enqueued documents, unheard',
    isShort: true,
    set: search('POST', DOCUMENTS, 'answered'),
  },
  { name: 'when their task has succeeded, unheard', set: search('GET', /^\/tasks$/, 'answered') },
  { name: 'before readers are told of search', set: script('indexerAnnounce', 'before') },
  { name: 'when readers were told of search', set: script('indexerAnnounce', 'answered') },
  { name: 'before the checkpoint of search is sent', set: search('POST', META, 'before') },
  { name: 'when the checkpoint of search is enqueued, unheard', set: search('POST', META, 'answered') },
  { name: 'when the checkpoint of search is written, unheard', set: search('GET', /^\/tasks\/\d+$/, 'answered') },
];
