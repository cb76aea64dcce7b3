-- Which instructions were not in effect by their day?
--
-- D22, D7 (1): past the day set for it by more than $days days and not in effect (见效). What came
-- into effect late stays a finding of the past. Without a day nothing is late.
-- Example: due on 15 September, in effect on 20 September, $days 0: found since 16 September until
-- 20 September.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $days      INTEGER    days overdue that are still let pass
--
-- Returns one row per instruction, with its newest row
--   subject         VARCHAR  the instruction's number, or its title where it has none
--   detail          VARCHAR  its title
--   unit            VARCHAR  the unit
--   since_on        DATE     the first day it was late
--   until_on        DATE     the day it came into effect; NULL while it has not
--   measured_value  DOUBLE   days overdue, by that day or by $as_of
--   threshold       DOUBLE   $days
--   remark          VARCHAR  that it was entered in a meeting and no list names it; else NULL
--   upload          BIGINT   upload the row is from; NULL when it was entered in a meeting
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH told AS (
  SELECT *, CASE WHEN is_effective THEN effective_on END AS ended_on
  FROM instruction_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
)
SELECT
  coalesce(item_no, title) AS subject, title AS detail, unit,
  (due_on + $days::INTEGER + 1)::DATE AS since_on, ended_on AS until_on,
  (coalesce(ended_on, $as_of::DATE) - due_on)::DOUBLE AS measured_value,
  $days::INTEGER::DOUBLE AS threshold,
  CASE WHEN upload IS NULL THEN '会上交办' END AS remark, upload, sheet, row
FROM told
WHERE coalesce(ended_on, $as_of::DATE) - due_on > $days::INTEGER
ORDER BY since_on, subject
