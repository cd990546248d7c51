import type { CategorySummary } from '@eduplatform/contracts/documents';
import type { Language, Level, Role } from '@eduplatform/contracts/primitives';
import type { SearchSort } from '@eduplatform/contracts/search';
import { m } from '#lib/paraglide/messages.js';
import { formatDuration, formatMoney, formatNumber } from './format.ts';
import { locale } from './locale.ts';
import type { Money } from '@eduplatform/contracts/primitives';

/** Words for the values that the contracts name, in the language of the page. */

export const levelName = (level: Level): string =>
  ({ beginner: m.level_beginner, intermediate: m.level_intermediate, advanced: m.level_advanced })[level]();

export const languageName = (language: Language): string => ({ en: m.language_en, ru: m.language_ru })[language]();

export const inLanguage = (language: Language): string =>
  ({ en: m.course_in_language_en, ru: m.course_in_language_ru })[language]();

export const roleName = (role: Role): string =>
  ({ student: m.role_student, teacher: m.role_teacher, admin: m.role_admin })[role]();

export const categoryName = (category: Pick<CategorySummary, 'name'>): string => category.name[locale()];

export const priceText = (price: Money | null): string => (price ? formatMoney(price, locale()) : m.price_free());

export const durationText = (minutes: number): string => formatDuration(minutes, locale());

export const lessonsText = (count: number): string => m.lessons_count({ count, shown: formatNumber(count, locale()) });

export const sortName = (sort: SearchSort): string =>
  ({
    relevance: m.sort_relevance,
    rating: m.sort_rating,
    newest: m.sort_newest,
    updated: m.sort_updated,
    title: m.sort_title,
    priceLow: m.sort_priceLow,
    priceHigh: m.sort_priceHigh,
    shortest: m.sort_shortest,
  })[sort]();
