-- Which instructions stayed in one stage for too long?
--
-- D22: 布置, 跟踪, 督查, 见效: more than $working_days working days in a stage before the next one.
-- A stage that was skipped ends the one before it. Each stage is a finding of its own; it holds
-- until the next stage. After the last year of the calendar no day is counted.
-- Example: given on Thursday 1 September, followed up on Friday 16 September, $working_days 5: the
-- sixth working day is Friday 9 September: found since then until 16 September.
--
-- Parameters
--   $campaign      VARCHAR    campaign slug
--   $as_of         DATE       the day the question is asked
--   $known_at      TIMESTAMP  as it was known then (UTC); NULL means now
--   $working_days  INTEGER    working days in a stage that are not yet too long
--
-- Returns one row per instruction and stage, with its newest row
--   subject         VARCHAR  the instruction's number, or its title where it has none
--   detail          VARCHAR  its title, and the stage it stayed in
--   unit            VARCHAR  the unit
--   since_on        DATE     the first day it was too long
--   until_on        DATE     the day of the next stage; NULL while it is not reached
--   measured_value  DOUBLE   working days in the stage, by that day or by $as_of
--   threshold       DOUBLE   $working_days
--   remark          VARCHAR  that it was entered in a meeting and no list names it; else NULL
--   upload          BIGINT   upload the row is from; NULL when it was entered in a meeting
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

SELECT
  coalesce(item_no, title) AS subject, format('{}（{}）', title, stage) AS detail, unit,
  workday.day AS since_on, next_on AS until_on, working_days::DOUBLE AS measured_value,
  $working_days::INTEGER::DOUBLE AS threshold,
  CASE WHEN upload IS NULL THEN '会上交办' END AS remark, upload, sheet, row
FROM instruction_stage($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS staged
JOIN memory.main.workday AS workday
  ON workday.is_workday
 AND workday.workday_number = staged.start_number + $working_days::INTEGER + 1
WHERE staged.working_days > $working_days::INTEGER
ORDER BY since_on, subject, stage
