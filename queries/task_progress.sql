-- How far is each task, against its target and its time?
--
-- achieved_share is value / target where the list carries numbers, else the share it
-- states, else 1 for a closed task. schedule_share is the part of the time from the
-- campaign's first day to the task's deadline that has passed, 1 from the deadline on. A task closed is green; else
-- light compares achieved with schedule: green from 0.95 of the pace, yellow from 0.75, red
-- below or overdue.
-- Example: 40 of 60 achieved with 0.75 of the time gone: 0.667 / 0.75 = 0.89, yellow.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per task, in the pack's order of classes
--   campaign         VARCHAR  campaign slug
--   task             VARCHAR  title of the task
--   item_key         VARCHAR  who the task is
--   class            VARCHAR  class (A5)
--   unit             VARCHAR  lead unit
--   partners         VARCHAR  partner units
--   target           DOUBLE   target value; NULL without a number
--   value            DOUBLE   cumulative value; NULL without a number
--   unit_of_measure  VARCHAR  of target and value
--   achieved_share   DOUBLE   0 to 1 and above; NULL when nothing is stated
--   schedule_share   DOUBLE   elapsed part of the task's time, 0 to 1; NULL without a deadline
--   light            VARCHAR  green, yellow, red; NULL when nothing is stated, or no deadline
--   due_on           DATE     deadline in force
--   is_closed        BOOLEAN  closed by the day
--   is_overdue       BOOLEAN  overdue on the day
--   milestone        VARCHAR  milestone as the list says
--   progress_note    VARCHAR  progress as last written
--   upload           BIGINT   upload the row came in
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

SELECT
  task.campaign, title AS task, item_key, dimension AS class, unit, partners,
  target_value AS target, value, unit_of_measure, achieved_share, schedule_share, light,
  due_on, is_closed, is_overdue, milestone, progress_note, upload, sheet, row
FROM task_asked(
  $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
  $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS task
LEFT JOIN memory.main.pack_dimension USING (campaign, dimension)
ORDER BY task.campaign, pack_dimension.position NULLS LAST, item_key
