import type { Settings } from 'meilisearch';

/** Lessons and courses that the search tests look for. */

export const LESSON_SETTINGS: Settings = {
  searchableAttributes: ['title', 'sections.heading', 'sections.text'],
  filterableAttributes: [
    {
      attributePatterns: ['id', 'language', 'topics'],
      features: { facetSearch: false, filter: { equality: true, comparison: false } },
    },
    'year',
    'note',
    'free',
    'author',
  ],
  sortableAttributes: ['year', 'title'],
  faceting: { maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'count' } },
};

export const LESSONS: Record<string, unknown>[] = [
  {
    id: 'bread',
    title: 'Bread baking',
    language: 'en',
    year: 2020,
    topics: ['food', 'Craft'],
    note: null,
    free: true,
    author: { name: 'Ada', tags: [{ label: 'x' }, { label: 'y' }] },
    sections: [
      { heading: 'Start', text: 'Flour and water. Knead the dough, then wait for a while until it has doubled.' },
      {
        heading: 'Fermentation',
        text: 'The sourdough starter ferments overnight, developing lactic acid bacteria, and then it rises slowly in the warm kitchen of the bakery.',
      },
    ],
  },
  {
    id: 'khleb',
    title: 'Хлеб и тесто',
    language: 'ru',
    year: 2021,
    topics: ['food'],
    note: '',
    free: false,
    sections: [
      {
        heading: 'Ёлка',
        text: 'Берёзовый сок и дрожжи. Тёплый хлеб подходит ночью, а утром его пекут в русской печи.',
      },
    ],
  },
  { id: 'wood', title: 'Woodworking joints', language: 'en', year: 2019, topics: [], sections: [] },
  {
    id: 'quotes',
    title: 'It\'s "quoted" \\ slash',
    language: 'EN',
    year: '2022',
    topics: ["It's", 'a "b" c', 'back\\slash'],
    note: 'x',
  },
  { id: 'creme', title: 'Café crème brûlée', language: 'fr', year: 1999, topics: ['food'] },
  {
    id: 'home',
    title: 'Baking bread at home with bread flour',
    language: 'en',
    year: 2018.5,
    topics: ['food', 'home'],
    sections: [{ heading: 'Water', text: 'Warm water helps yeast.' }],
  },
  {
    id: 'database',
    title: 'Database systems',
    year: 2010,
    sections: [{ heading: 'PostgreSQL internals', text: 'Write-ahead logging guarantees durability of transactions.' }],
  },
  {
    id: 'networks',
    title: 'Home networks',
    language: 'en',
    year: 2011,
    sections: [{ heading: 'Wi-Fi', text: 'A website and its pages, snake_case, 3.14, C++ and C#.' }],
  },
];
