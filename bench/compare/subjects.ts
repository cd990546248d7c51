import type { LoadRequest } from '../load/burst.ts';
import type { BenchCourse } from '../read-path/courses.ts';
import { catalogRequests, courseRequests, pageRequests, searchRequests } from '../read-path/requests.ts';

/** Something that readers ask for. */
export interface Subject {
  what: string;
  connections: number;
  requests: LoadRequest[];
}

/** Enough to keep one server busy; a search is work for its engine, not for many connections. */
const CONNECTIONS = 32;
const SEARCH_CONNECTIONS = 4;
/** Autocannon gives each connection the whole list, so it is short. */
const REQUESTS = 600;

export const subjectsOf = (courses: readonly BenchCourse[]): Subject[] =>
  [
    { what: 'a course', connections: CONNECTIONS, requests: courseRequests(courses) },
    { what: 'a page of the catalog', connections: CONNECTIONS, requests: catalogRequests() },
    { what: 'course, curriculum and lesson', connections: CONNECTIONS, requests: pageRequests(courses) },
    { what: 'a search for a phrase', connections: SEARCH_CONNECTIONS, requests: searchRequests(courses) },
  ].map((subject) => ({ ...subject, requests: subject.requests.slice(0, REQUESTS) }));
