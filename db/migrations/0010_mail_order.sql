-- Up Migration

-- What somebody waits for (a link to reset a password) goes before what many are told: an announcement to a whole school
-- takes a mail server hours.
drop index mail_queue_due;
create index mail_queue_due on mail_queue ((template = 'notification'), next_attempt_at)
  where next_attempt_at is not null;
