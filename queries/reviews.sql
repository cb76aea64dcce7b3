-- Which work reports and written reviews are due, and which came, late or not at all?
--
-- D11, D12: overdue past its day and not handed in, late when handed in past its day, in time
-- otherwise; without a day it can be neither. What was sampled and filed stands beside.
-- Example: due on 10 September: missing on the 12th is overdue, 2 days; handed in on the 15th: late,
-- 5 days.
--
-- Sensitive: title note
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per report or review, what is overdue first, the oldest first
--   item_no       VARCHAR  its number; NULL when it has none
--   kind          VARCHAR  述职报告, 书面检讨, 大会检讨 or 调研报告
--   title         VARCHAR  what about
--   unit          VARCHAR  unit
--   league        VARCHAR  its league
--   post          VARCHAR  post that reports or reviews himself
--   due_on        DATE     by when; NULL when no day is given
--   handed_in_on  DATE     day it came; NULL while it did not
--   status        VARCHAR  overdue, open, late or in time
--   late_days     BIGINT   days past due_on, until it came or $as_of; NULL when not past it
--   sampled_by    VARCHAR  group that sampled it; NULL when none did
--   is_confirmed  BOOLEAN  what the sample found; NULL when there was none
--   is_filed      BOOLEAN  filed; NULL when the list says not
--   note          VARCHAR  note of the list
--   upload        BIGINT   upload the row came in
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

WITH told AS (
  SELECT review.*, roster.league, roster.leader_post,
         CASE WHEN review.handed_in_on <= $as_of::DATE THEN review.handed_in_on END AS came_on,
         nullif(greatest(coalesce(came_on, $as_of::DATE) - due_on, 0), 0) AS late_days,
         CASE WHEN came_on IS NULL THEN if(late_days IS NULL, 'open', 'overdue')
              ELSE if(late_days IS NULL, 'in time', 'late') END AS status
  FROM review_known($as_of::DATE, $known_at::TIMESTAMP) AS review
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = review.campaign AND roster.unit = review.unit
  WHERE review.campaign = $campaign::VARCHAR
)
SELECT
  item_no, kind, title, unit, league, post, due_on, came_on AS handed_in_on, status, late_days,
  nullif(sampled_by, '') AS sampled_by, is_confirmed, is_filed, note, upload,
  (SELECT file FROM store.main.upload AS sent WHERE sent.upload = told.upload) AS file, sheet, row
FROM told
WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
  AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)
ORDER BY list_position(['overdue', 'open', 'late', 'in time'], status), late_days DESC NULLS LAST,
  due_on, title, unit
