import type { CatalogQuery, CoursePage } from '@eduplatform/contracts/catalog';
import type { Course, Curriculum, Lesson } from '@eduplatform/contracts/documents';
import type { LearningCoursePage } from '@eduplatform/contracts/learning';
import type { PageQuery } from '@eduplatform/contracts/pages';
import type { SearchPage, SearchQuery } from '@eduplatform/contracts/search';
import type { AccessTokenClaims } from '@eduplatform/contracts/tokens';
import type { Static } from '@sinclair/typebox';

/** A person who signed in, or nobody. */
export type Reader = AccessTokenClaims | null;

/** What a baseline answers with; text is JSON already. Null: there is none. */
export interface Reads {
  course(idOrSlug: string): Promise<Course | string | null>;
  curriculum(idOrSlug: string): Promise<Curriculum | string | null>;
  lesson(id: string, reader: Reader): Promise<Lesson | string | null>;
  catalog(query: CatalogQuery): Promise<Static<typeof CoursePage> | string>;
  search(query: SearchQuery, reader: Reader): Promise<SearchPage | string>;
  learning(userId: string, query: PageQuery): Promise<Static<typeof LearningCoursePage> | string>;
}
