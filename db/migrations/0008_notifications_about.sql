-- Up Migration

-- Whose name is among the parameters: it goes with their account.
alter table notifications add column about_user_id uuid references users (id);
create index notifications_about on notifications (about_user_id) where about_user_id is not null;
