import type { CategoryList } from '@eduplatform/contracts/documents';
import type { Api } from '../api.ts';
import { logger } from '../logger.ts';
import { ApiError } from '../problem.ts';

/** The categories to choose from. Writing goes on while the read API is away, with the course's own category alone. */
export async function loadCategories(api: Api): Promise<CategoryList['items']> {
  try {
    return (await api.read<CategoryList>('/v1/categories')).items;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    logger.warn({ code: error.code, err: error.cause }, 'no categories for the studio');
    return [];
  }
}
