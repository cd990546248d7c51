alter table users add primary key (id);
alter table categories add primary key (slug);
alter table courses add primary key (id), add unique (slug),
  add foreign key (teacher_id) references users, add foreign key (category_slug) references categories,
  add check (status in ('draft', 'published', 'archived'));
alter table modules add primary key (id), add foreign key (course_id) references courses;
alter table lessons add primary key (id), add foreign key (module_id) references modules;
alter table enrollments add primary key (id), add unique (user_id, course_id),
  add foreign key (user_id) references users, add foreign key (course_id) references courses;
alter table lesson_progress add primary key (user_id, lesson_id),
  add foreign key (user_id) references users, add foreign key (lesson_id) references lessons;
alter table completions add primary key (user_id, course_id),
  add foreign key (user_id) references users, add foreign key (course_id) references courses;
alter table reviews add primary key (id), add unique (course_id, user_id),
  add foreign key (course_id) references courses, add foreign key (user_id) references users;
create index on courses (teacher_id);
create index on courses (category_slug);
create index on modules (course_id);
create index on lessons (module_id);
create index on enrollments (course_id);
create index on lesson_progress (lesson_id);
