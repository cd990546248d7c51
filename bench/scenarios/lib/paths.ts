import { command, get, read } from './api.ts';
import { anyCourse, anyStudent, storefront } from './world.ts';

/** Single requests, each of which is a read path of its own. */
export const PATHS = {
  course: () => read(`/v1/courses/${anyCourse().id}`, { name: 'course' }),
  curriculum: () => read(`/v1/courses/${anyCourse().id}/curriculum`, { name: 'curriculum' }),
  lesson: () => read(`/v1/lessons/${anyCourse().lessonIds[0]}`, { name: 'lesson' }),
  catalog: () => read('/v1/courses?limit=20', { name: 'catalog' }),
  search: () => {
    const words = anyCourse().title.split(' ').slice(0, 2).join(' ');
    return read(`/v1/search?q=${encodeURIComponent(words)}`, { name: 'search' });
  },
  'my courses': () => read('/v1/me/courses', { name: 'my courses', token: anyStudent() }),
  storefront: () => get(`${storefront}/courses/${anyCourse().slug}`, { name: 'storefront' }),
} as const;

export type PathName = keyof typeof PATHS;

/** A write that never fails, and which every reader of favorites sees. */
export function write(): void {
  const method = Math.random() < 0.5 ? 'PUT' : 'DELETE';
  command(method, `/v1/favorites/${anyCourse().id}`, { name: 'favorite', token: anyStudent() });
}
