-- Which milestones has each task, planned and reached?
--
-- A7, D8. The newest list that names a task is its road map. A milestone is judged by the
-- first day any list gave it: moving the day does not make it met, and is shown.
-- Example: planned for 30 June, moved to 31 July, reached on 12 July: due_on 06-30, moved_to
-- 07-31, status late, late_days 12.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $item_key  VARCHAR    one task; NULL means all
--
-- Returns one row per milestone, task by task in the order of days
--   campaign      VARCHAR  campaign slug
--   item_key      VARCHAR  the task
--   milestone_no  VARCHAR  number in the list, if there is one
--   milestone     VARCHAR  what is to be reached
--   unit          VARCHAR  lead unit
--   start_on      DATE     work on it begins; NULL when not stated
--   due_on        DATE     day first planned
--   moved_to      DATE     day planned now where it is another one; else NULL
--   done_on       DATE     day reached, by $as_of; NULL when not
--   status        VARCHAR  done, late (reached late), missed (past and not reached), not yet due
--   late_days     BIGINT   days late, until reached or until $as_of; NULL when not late
--   upload        BIGINT   upload the row came in
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of, $item_key::VARCHAR AS key_asked
),
report AS (
  SELECT slice.campaign, milestones.*,
    max(milestones.period) OVER (PARTITION BY slice.campaign, milestones.item_key) AS last_period,
    first_value(milestones.due_on) OVER (
      PARTITION BY slice.campaign, milestones.item_key, milestones.title
      ORDER BY milestones.period) AS first_due_on
  FROM store.main.milestones AS milestones
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = milestones.upload AND slice.ledger = 'milestones'
   AND slice.period = milestones.period
  CROSS JOIN asked
  WHERE milestones.period <= as_of AND (slug IS NULL OR slice.campaign = slug)
    AND (key_asked IS NULL OR milestones.item_key = key_asked)
),
standing AS (
  SELECT report.* REPLACE (CASE WHEN done_on <= as_of THEN done_on END AS done_on), as_of
  FROM report CROSS JOIN asked WHERE period = last_period
)
SELECT
  standing.campaign, item_key, milestone_no, title AS milestone, standing.unit, start_on,
  first_due_on AS due_on, CASE WHEN due_on <> first_due_on THEN due_on END AS moved_to, done_on,
  CASE WHEN done_on <= first_due_on THEN 'done' WHEN done_on IS NOT NULL THEN 'late'
       WHEN first_due_on < as_of THEN 'missed' ELSE 'not yet due' END AS status,
  CASE WHEN coalesce(done_on, as_of) > first_due_on THEN coalesce(done_on, as_of) - first_due_on
  END AS late_days,
  standing.upload, upload.file, sheet, row
FROM standing JOIN store.main.upload AS upload ON upload.upload = standing.upload
ORDER BY standing.campaign, item_key, first_due_on, milestone_no, row
