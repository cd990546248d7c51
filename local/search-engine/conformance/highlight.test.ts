import { beforeAll, describe, expect, test } from 'vitest';
import { LESSON_SETTINGS, LESSONS } from './library.ts';
import { client, fill, indexNames } from './support.ts';

const uid = indexNames()('highlight');

beforeAll(async () => {
  await fill(uid, LESSON_SETTINGS, LESSONS);
});

interface Formatted {
  id?: string;
  title?: string;
  year?: string;
  sections?: { heading: string; text: string }[];
}

async function first(
  q: string,
  options: Record<string, unknown>,
): Promise<{ _formatted?: Formatted; _matchesPosition?: unknown }> {
  const { hits } = await client.index(uid).search(q, { limit: 1, attributesToRetrieve: ['id'], ...options });
  const [hit] = hits;
  if (hit === undefined) throw new Error(`nothing found for ${q}`);
  return hit as { _formatted?: Formatted };
}

describe('highlights', () => {
  test('a misspelled phrase deep in a lesson is marked in the right section', async () => {
    const { _formatted } = await first('lactik bactria ', {
      attributesToHighlight: ['title', 'sections.heading', 'sections.text'],
      attributesToCrop: ['sections.text:5'],
      highlightPreTag: '<mark>',
      highlightPostTag: '</mark>',
    });
    expect(_formatted).toEqual({
      id: 'bread',
      title: 'Bread baking',
      sections: [
        { heading: 'Start', text: 'Flour and water. Knead the…' },
        { heading: 'Fermentation', text: '…overnight, developing <mark>lactic</mark> acid <mark>bacteria</mark>…' },
      ],
    });
  });
  test('of a word still being typed, only the typed part', async () => {
    expect((await first('woodwo', { attributesToHighlight: ['title'] }))._formatted?.title).toBe(
      '<em>Woodwo</em>rking joints',
    );
  });
  test('accents and ё make no difference, and the text stays as written', async () => {
    expect((await first('creme ', { attributesToHighlight: ['title'] }))._formatted?.title).toBe(
      'Café <em>crème</em> brûlée',
    );
    const { _formatted } = await first('березовый ', {
      attributesToHighlight: ['sections.text'],
      attributesToCrop: ['sections.text:3'],
    });
    expect(_formatted?.sections?.[0]?.text).toBe('<em>Берёзовый</em> сок и…');
  });
  test('of a phrase, the whole phrase', async () => {
    const { _formatted } = await first('"rises slowly"', {
      attributesToHighlight: ['sections.text'],
      attributesToCrop: ['sections.text:6'],
    });
    expect(_formatted?.sections?.[1]?.text).toBe('…then it <em>rises slowly</em> in the…');
  });
  test('everything is text in _formatted, numbers too', async () => {
    const { _formatted } = await first('creme ', {
      attributesToHighlight: ['title'],
      attributesToRetrieve: ['title', 'year'],
    });
    expect(_formatted).toEqual({ title: 'Café <em>crème</em> brûlée', year: '1999' });
  });
  test('without attributes to format there is no _formatted', async () => {
    expect(await first('bread', { attributesToHighlight: ['nonsense'] })).toEqual({ id: 'bread' });
  });
});

describe('crops', () => {
  test.each<[number, string]>([
    [1, '…<em>lactic</em>…'],
    [3, '…<em>lactic</em> acid <em>bacteria</em>…'],
    [10, '…starter ferments overnight, developing <em>lactic</em> acid <em>bacteria</em>, and then it…'],
  ])('to %i words around the best place', async (cropLength, expected) => {
    const options = { attributesToHighlight: ['sections.text'], attributesToCrop: ['sections.text'], cropLength };
    expect((await first('lactic bacteria ', options))._formatted?.sections?.[1]?.text).toBe(expected);
  });
  test('with a marker of one’s own, from the start where nothing matches', async () => {
    const options = { attributesToCrop: ['sections.text:4'], cropMarker: '[…]' };
    expect((await first('lactic ', options))._formatted?.sections?.[0]?.text).toBe('Flour and water. Knead[…]');
  });
});

describe('match positions', () => {
  test('are bytes, with the indices that lead through arrays', async () => {
    const { _matchesPosition } = await first('lactic ', { showMatchesPosition: true });
    expect(_matchesPosition).toEqual({ 'sections.text': [{ start: 53, length: 6, indices: [1] }] });
    const russian = await first('тесто ', { showMatchesPosition: true });
    expect(russian._matchesPosition).toEqual({ title: [{ start: 12, length: 10 }] });
  });
});
