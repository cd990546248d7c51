import { expect, test } from 'vitest';
import { BuildRates } from './build-rates.ts';

const building = (name: string, done: number, documents: number) => ({
  name,
  state: 'building',
  build: { done, total: 1000, documents },
});

test('the rate is that of documents, the time left that of what they are made of', () => {
  const rates = new BuildRates();
  rates.add([building('redis', 0, 0)], 0);
  rates.add([building('redis', 500, 5000)], 10_000);
  expect(rates.describe()).toBe('redis 5,000 documents, 500/s, 0:10 left');
});

test('a read model that is done keeps its rate, and each is told by itself', () => {
  const rates = new BuildRates();
  rates.add([building('redis', 100, 200), building('search', 0, 0)], 0);
  rates.add([building('redis', 1000, 3200), building('search', 10, 40)], 2_000);
  rates.add([{ name: 'redis', state: 'live', build: null }, building('search', 20, 80)], 4_000);
  expect(rates.describe()).toBe('redis built at 1,500 documents/s; search 80 documents, 20/s, 3:16 left');
  rates.end();
  expect(rates.describe()).toBe('redis built at 1,500 documents/s; search built at 20 documents/s');
});

test('a build that begins anew is measured anew', () => {
  const rates = new BuildRates();
  rates.add([building('search', 900, 900)], 0);
  rates.add([building('search', 0, 0)], 1_000);
  rates.add([building('search', 100, 300)], 2_000);
  expect(rates.describe()).toBe('search 300 documents, 300/s, 0:09 left');
});

test('where nothing is built there is nothing to tell', () => {
  const rates = new BuildRates();
  rates.add([{ name: 'redis', state: 'live', build: null }], 0);
  expect(rates.describe()).toBe('');
});
