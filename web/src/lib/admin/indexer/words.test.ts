import { IndexerJob, WhyAnswer } from '@eduplatform/contracts/http/indexer';
import { describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { blockerText, jobState, phaseName, sinkState, stepName } from './words.ts';

/** Every code that the API may name, from its own description. */
const codes = WhyAnswer.properties.blockers.items.properties.code['enum'] as string[];

describe.each(['en', 'ru'] as const)('in %s', (language) => {
  it('every blocker that the API knows has words of its own', () => {
    overwriteGetLocale(() => language);
    const other = blockerText({ code: 'of a later version' });
    const texts = codes.map((code) => blockerText({ code }));
    expect(new Set([...texts, other]).size).toBe(codes.length + 1);
    expect(texts.every((text) => /[а-я]/.test(text) === (language === 'ru'))).toBe(true);
  });

  it('every state of a job has words', () => {
    overwriteGetLocale(() => language);
    for (const { const: state } of IndexerJob.properties.state.anyOf) expect(jobState(state)).not.toBe('');
  });
});

it('what is not known is named as it is', () => {
  overwriteGetLocale(() => 'en');
  expect(sinkState('dreaming')).toBe('dreaming');
  expect(phaseName('dreaming')).toBe('dreaming');
  expect(phaseName('')).toBe('waits to begin');
  expect(stepName('search-2')).toBe('Search server search-2');
});
