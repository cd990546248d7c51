import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import { zipf } from '../../read-path/zipf.ts';

/** What the bench writes down for k6 before it starts it. */
export interface World {
  readApi: string;
  writeApi: string;
  storefront: string;
  /** The most popular first. */
  courses: WorldCourse[];
  /** Access tokens of students. */
  students: string[];
  /** Access token of somebody who may edit every course. */
  editor: string;
}

export interface WorldCourse {
  id: string;
  slug: string;
  title: string;
  category: string;
  isFree: boolean;
  lessonIds: string[];
  /** Of the draft. */
  version: number;
}

/** Path of a JSON file of it. */
const file = __ENV.WORLD ?? '';
/** Kept once for all virtual users. */
const courses = new SharedArray<WorldCourse>('courses', () => (JSON.parse(open(file)) as World).courses);
const students = new SharedArray<string>('students', () => (JSON.parse(open(file)) as World).students);
const [rest] = new SharedArray<Omit<World, 'courses' | 'students'>>('rest', () => {
  const { readApi, writeApi, storefront, editor } = JSON.parse(open(file)) as World;
  return [{ readApi, writeApi, storefront, editor }];
});
if (!rest) throw new Error('WORLD names no world');

export const { readApi, writeApi, storefront, editor } = rest;

const drawCourse = zipf(courses.length, Math.random);

/** As popular courses are asked for more often. */
export function anyCourse(): WorldCourse {
  const course = courses[drawCourse()];
  if (!course) throw new Error('the world has no courses');
  return course;
}

/** A course that this virtual user alone edits. */
export function ownCourse(): WorldCourse {
  const course = courses[(exec.vu.idInTest - 1) % courses.length];
  if (!course) throw new Error('the world has no courses');
  return course;
}

/** The token of some student. */
export const anyStudent = (): string => students[Math.floor(Math.random() * students.length)] ?? '';
