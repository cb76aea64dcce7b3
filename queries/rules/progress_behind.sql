-- Which tasks are behind the time that has passed?
--
-- D7 (3), F5: judged at each month's end: open, and with less than $pace of the share of its time
-- that has passed (queries/task_progress.sql). Found since the first such month end, until the
-- first at which it is not; a task whose list states no progress, or that has no deadline, is none.
-- Example: 40 of 60 with 0.75 of the time gone: 0.667 / 0.75 = 0.889, behind with $pace 0.9.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $pace      DOUBLE     share of the passed time that is enough
--
-- Returns one row per task and time it was behind, with the row of its newest list
--   subject         VARCHAR  number of the task, or its title where it has none
--   detail          VARCHAR  its title
--   unit            VARCHAR  lead unit
--   since_on        DATE     the first month end behind
--   until_on        DATE     the first month end that is not; NULL while there is none
--   measured_value  DOUBLE   share of the passed time at the newest of these month ends
--   threshold       DOUBLE   $pace
--   remark          VARCHAR  past its deadline; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH month AS (
  SELECT list_filter(
    month_ends(start_on, least(end_on, $as_of::DATE)), lambda month_end: month_end <= $as_of::DATE)
    AS month_ends
  FROM memory.main.pack_campaign WHERE campaign = $campaign::VARCHAR
),
judged AS (
  SELECT as_of, item_key, item_no, title, unit, is_overdue, upload, sheet, row,
         achieved_share / nullif(schedule_share, 0) AS pace,
         coalesce(NOT is_closed AND achieved_share / nullif(schedule_share, 0) < $pace::DOUBLE, false)
           AS is_behind
  FROM task_asked(
    $campaign::VARCHAR, (SELECT month_ends FROM month), $known_at::TIMESTAMP,
    NULL, NULL, NULL, NULL)
),
counted AS (
  SELECT *, count(*) FILTER (NOT is_behind) OVER earlier AS run,
         min(as_of) FILTER (NOT is_behind) OVER later AS until_on
  FROM judged
  WINDOW earlier AS (PARTITION BY item_key ORDER BY as_of),
    later AS (PARTITION BY item_key ORDER BY as_of
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
),
newest AS (
  SELECT *, min(as_of) OVER (PARTITION BY item_key, run) AS since_on
  FROM counted WHERE is_behind
  QUALIFY row_number() OVER (PARTITION BY item_key, run ORDER BY as_of DESC) = 1
)
SELECT
  coalesce(item_no, title) AS subject, title AS detail, unit, since_on, until_on,
  pace AS measured_value, $pace::DOUBLE AS threshold,
  CASE WHEN is_overdue THEN '已过时限' END AS remark, upload, sheet, row
FROM newest
ORDER BY since_on, subject
