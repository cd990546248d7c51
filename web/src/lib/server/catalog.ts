import type { CategoryList, CourseCard } from '@eduplatform/contracts/documents';
import type { SearchPage } from '@eduplatform/contracts/search';
import { apiQuery, type SearchState } from '../search/url-state.ts';
import type { Api } from './api.ts';
import { ApiError } from './problem.ts';

interface CoursePage {
  items: CourseCard[];
  nextCursor: string | null;
}

export const RESULTS_PER_PAGE = 20;

export const searchCourses = (api: Api, state: SearchState): Promise<SearchPage> =>
  api.read<SearchPage>('/v1/search', apiQuery(state, RESULTS_PER_PAGE));

export const listCategories = async (api: Api): Promise<CategoryList['items']> =>
  (await api.read<CategoryList>('/v1/categories')).items;

export const listCourses = async (
  api: Api,
  query: { sort: 'newest' | 'updated' | 'popular'; language?: 'en' | 'ru'; limit: number },
): Promise<CourseCard[]> => (await api.read<CoursePage>('/v1/courses', query)).items;

/** The outcome, or null when an API could not answer: for parts that a page can do without. */
export async function optional<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}
