import type { Queryable } from '@eduplatform/db/transaction';
import { atRate, type Writers, type Written } from './writers.ts';

interface Target {
  id: string;
  revision: number;
}

/** Courses that are no copies of others, so that the most is to be indexed of each. */
const TARGETS = `
  select id, live_revision as revision from courses
  where live_revision is not null and slug !~ '-[0-9]$' order by id limit 250`;

const PUBLISH = `
  with next as (
    insert into course_revisions (course_id, revision, content, published_by)
    select course_id, revision + 1,
           jsonb_set(content, '{modules,0,lessons,0,title}', to_jsonb('Lesson ' || $3::text)), published_by
    from course_revisions where course_id = $1 and revision = $2
    returning course_id, revision
  )
  update courses set live_revision = next.revision from next where id = next.course_id`;

/** Publishes courses at a rate, each time with another title of a lesson, while `goesOn` says so. */
export type PublishAtRate = (perSecond: number, goesOn: (count: number) => boolean) => Promise<Written[]>;

export async function preparePublishes(pool: Queryable, writers: Writers): Promise<PublishAtRate> {
  const { rows: targets } = await pool.query<Target>(TARGETS);
  if (targets.length === 0) throw new Error('there is no course to publish');
  let titles = 0;
  const publish = (target: Target): Promise<Written> => {
    const { id, revision } = target;
    const title = `fresh${(titles += 1)}`;
    target.revision += 1;
    return writers.write(async (tx) => {
      await tx.query(PUBLISH, [id, revision, title]);
      const payload = { courseId: id, revision: revision + 1, previousRevision: revision };
      return {
        type: 'course.published',
        aggregateType: 'course',
        aggregateId: id,
        aggregateVersion: 1,
        payload,
      };
    });
  };
  return (perSecond, goesOn) =>
    atRate(perSecond, goesOn, (count) => publish(targets[count % targets.length] as Target));
}
