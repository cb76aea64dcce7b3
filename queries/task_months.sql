-- What did each month's list say of a task, and where was it then?
--
-- A7, E1. One row for every month since the campaign began: a month whose list does not name
-- the task is not reported, and its figures are empty. The task's pace and light are those at
-- the month's end, in the last month those of $as_of.
-- Example: 35.1 of 60 in August: achieved_share 0.585; without a list for May, May is not reported.
--
-- Scope: item
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $item_key  VARCHAR    the task
--
-- Returns one row per month, oldest first; none for a task that no list names by then
--   campaign         VARCHAR  campaign slug
--   month            VARCHAR  YYYY-MM
--   is_reported      BOOLEAN  the month's list names the task
--   value            DOUBLE   cumulative value; NULL without a number
--   target           DOUBLE   target value; NULL without a number
--   unit_of_measure  VARCHAR  of value and target
--   achieved_share   DOUBLE   0 to 1 and above; NULL when nothing is stated
--   schedule_share   DOUBLE   elapsed part of the task's time, 0 to 1; NULL before it was listed
--   light            VARCHAR  green, yellow, red; NULL when not reported or nothing is stated
--   state            VARCHAR  state as reported
--   milestone        VARCHAR  milestone as the list says
--   progress_note    VARCHAR  progress as written
--   upload           BIGINT   upload the row came in
--   file             VARCHAR  its file
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of, $item_key::VARCHAR AS key_asked
),
month_day AS (
  SELECT campaign, unnest(month_ends(start_on, as_of)) AS month_last_day
  FROM memory.main.pack_campaign CROSS JOIN asked
  WHERE slug IS NULL OR campaign = slug
),
judged_day AS (
  SELECT campaign, least(month_last_day, as_of) AS judged_on FROM month_day CROSS JOIN asked
),
task AS (
  SELECT paced.*, date_trunc('month', paced.as_of) = paced.period AS is_reported
  FROM task_asked(
    $campaign::VARCHAR, (SELECT list(DISTINCT judged_on) FROM judged_day), $known_at::TIMESTAMP,
    NULL, NULL, NULL, NULL) AS paced
  CROSS JOIN asked
  WHERE item_key = key_asked
)
SELECT
  judged_day.campaign, strftime(judged_on, '%Y-%m') AS month,
  coalesce(task.is_reported, false) AS is_reported,
  CASE WHEN task.is_reported THEN task.value END AS value,
  CASE WHEN task.is_reported THEN task.target_value END AS target,
  CASE WHEN task.is_reported THEN task.unit_of_measure END AS unit_of_measure,
  CASE WHEN task.is_reported THEN task.achieved_share END AS achieved_share,
  task.schedule_share,
  CASE WHEN task.is_reported THEN task.light END AS light,
  CASE WHEN task.is_reported THEN task.state END AS state,
  CASE WHEN task.is_reported THEN task.milestone END AS milestone,
  CASE WHEN task.is_reported THEN task.progress_note END AS progress_note,
  CASE WHEN task.is_reported THEN task.upload END AS upload,
  CASE WHEN task.is_reported THEN upload.file END AS file,
  CASE WHEN task.is_reported THEN task.sheet END AS sheet,
  CASE WHEN task.is_reported THEN task.row END AS row
FROM judged_day
LEFT JOIN task ON task.campaign = judged_day.campaign AND task.as_of = judged_day.judged_on
LEFT JOIN store.main.upload AS upload ON upload.upload = task.upload
WHERE judged_day.campaign IN (SELECT campaign FROM task)
ORDER BY judged_day.campaign, month
