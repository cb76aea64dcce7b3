-- Which work reports and reviews did a sampling group find untrue?
--
-- D12: handed in, sampled, and found not to be so. It holds: what a group found, people undo.
-- Example: handed in on 28 December, found untrue by the first group: found since 28 December.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $kinds     VARCHAR[]  kinds of review: 述职报告, 书面检讨, 大会检讨, 调研报告
--
-- Returns one row per report or review, with its newest row
--   subject         VARCHAR  its number, or the unit and its title where it has none
--   detail          VARCHAR  what was handed in
--   unit            VARCHAR  the unit
--   since_on        DATE     the day it was handed in, else it was due, else its list's month
--   until_on        DATE     always NULL
--   measured_value  DOUBLE   always NULL
--   threshold       DOUBLE   always NULL
--   remark          VARCHAR  which group sampled it; NULL when the list does not say
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

SELECT
  coalesce(item_no, format('{}：{}', unit, title)) AS subject,
  format('{}：{}', kind, title) AS detail, unit,
  coalesce(handed_in_on, due_on, period) AS since_on, NULL::DATE AS until_on,
  NULL::DOUBLE AS measured_value, NULL::DOUBLE AS threshold,
  CASE WHEN sampled_by <> '' THEN '抽查：' || sampled_by END AS remark, upload, sheet, row
FROM review_known($as_of::DATE, $known_at::TIMESTAMP)
WHERE campaign = $campaign::VARCHAR AND list_contains($kinds::VARCHAR[], kind)
  AND NOT is_confirmed AND coalesce(handed_in_on, due_on, period) <= $as_of::DATE
ORDER BY since_on, subject
