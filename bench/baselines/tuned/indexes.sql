alter table users add primary key (id);
alter table categories add primary key (slug);
alter table courses add primary key (id), add unique (slug),
  add foreign key (teacher_id) references users, add foreign key (category_slug) references categories,
  add check (status in ('draft', 'published', 'archived'));
alter table modules add primary key (id), add foreign key (course_id) references courses;
alter table lessons add primary key (id),
  add foreign key (course_id) references courses, add foreign key (module_id) references modules;
alter table enrollments add primary key (id), add unique (user_id, course_id) include (revoked_at),
  add foreign key (user_id) references users, add foreign key (course_id) references courses;
alter table lesson_progress add primary key (user_id, course_id, lesson_id) include (completed_at),
  add foreign key (user_id) references users, add foreign key (lesson_id) references lessons;
alter table completions add primary key (user_id, course_id) include (completed_at, certificate_code),
  add foreign key (user_id) references users, add foreign key (course_id) references courses;
alter table reviews add primary key (id), add unique (course_id, user_id),
  add foreign key (course_id) references courses, add foreign key (user_id) references users;

-- Each sort of the catalog, over all courses and within a category. What else filters is included, so that a page is found
-- in the index alone.
create index on courses (published_at, id) include (category_slug, language, level, sort_price) where status = 'published';
create index on courses (updated_at, id) include (category_slug, language, level, sort_price) where status = 'published';
create index on courses (student_count, id) include (category_slug, language, level, sort_price) where status = 'published';
create index on courses (rating_score, id) include (category_slug, language, level, sort_price) where status = 'published';
create index on courses (sort_title, id) include (category_slug, language, level, sort_price) where status = 'published';
create index on courses (sort_price, id) include (category_slug, language, level) where status = 'published';
create index on courses (duration_minutes, id) include (category_slug, language, level, sort_price) where status = 'published';
create index on courses (category_slug, published_at, id) include (language, level, sort_price) where status = 'published';
create index on courses (category_slug, updated_at, id) include (language, level, sort_price) where status = 'published';
create index on courses (category_slug, student_count, id) include (language, level, sort_price) where status = 'published';
create index on courses (category_slug, rating_score, id) include (language, level, sort_price) where status = 'published';
create index on courses (category_slug, sort_title, id) include (language, level, sort_price) where status = 'published';
create index on courses (category_slug, sort_price, id) include (language, level) where status = 'published';
create index on courses (category_slug, duration_minutes, id) include (language, level, sort_price) where status = 'published';

create index on modules (course_id) include (id, title, sort_order);
create unique index on lessons (course_id, place)
  include (id, module_id, title, duration_minutes, is_free_preview, has_video);
create index on enrollments (user_id, last_activity_at, course_id) where revoked_at is null;

create index courses_title_trigram on courses using gin (title gin_trgm_ops);
create index lessons_title_trigram on lessons using gin (title gin_trgm_ops);
create index courses_text_trigram on courses using gin (
  (title || E'\n' || subtitle || E'\n' || lines_of(outcomes) || E'\n' || description_text) gin_trgm_ops
);
create index lessons_text_trigram on lessons using gin ((title || E'\n' || body_text) gin_trgm_ops);
create index courses_search on courses using gin (search);
create index lessons_search on lessons using gin (search);
