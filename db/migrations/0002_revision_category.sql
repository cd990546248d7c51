-- Up Migration

-- The category that readers see. The draft's may already be another, and reading it out of the content would unpack
-- whole revisions; the indexer counts live courses by it and finds those that a category's change touches.
alter table course_revisions add column category text generated always as (content ->> 'category') stored;
create index course_revisions_category on course_revisions (category, course_id, revision);
