-- How many instructions stand in each stage, and how long did the stages take?
--
-- D22: 布置, 跟踪, 督查, 见效. The median counts working days of those that left the stage by the day;
-- of 见效 it is the whole way from the giving.
-- Example: 10 given, 4 still in 布置 of which 1 overdue, 6 left it after 1 to 8 working days: the
-- row of 布置 says standing 4, overdue 1, passed 6, median 3.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per stage, all four, in their order
--   stage                VARCHAR  布置, 跟踪, 督查 or 见效
--   standing_count       BIGINT   instructions in the stage on the day
--   overdue_count        BIGINT   of those, past their day; of 见效 those that came late
--   passed_count         BIGINT   instructions that left the stage; of 见效 those in effect
--   working_days_median  DOUBLE   working days that those took; NULL when none did

WITH roster AS (
  SELECT unit FROM unit_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR
    AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)
),
told AS (
  SELECT instruction.*
  FROM instruction_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS instruction
  WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
    AND ($league::VARCHAR IS NULL AND $post::VARCHAR IS NULL OR unit IN (SELECT unit FROM roster))
),
taken AS (
  SELECT staged.stage, staged.working_days
  FROM instruction_stage($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS staged
  SEMI JOIN told ON told.title = staged.title AND told.item_no IS NOT DISTINCT FROM staged.item_no
  WHERE staged.next_on IS NOT NULL
  UNION ALL
  SELECT '见效', ended.workday_number - started.workday_number
  FROM told
  LEFT JOIN memory.main.workday AS started ON started.day = given_on
  LEFT JOIN memory.main.workday AS ended ON ended.day = effective_on
  WHERE is_effective
),
took AS (
  SELECT stage, count(*) AS passed_count, median(working_days)::DOUBLE AS working_days_median
  FROM taken GROUP BY stage
)
SELECT
  step.stage, count(told.title) AS standing_count,
  count(*) FILTER (is_overdue OR is_effective AND effective_on > due_on) AS overdue_count,
  coalesce(any_value(took.passed_count), 0) AS passed_count,
  any_value(took.working_days_median) AS working_days_median
FROM (SELECT unnest(['布置', '跟踪', '督查', '见效']) AS stage, unnest([1, 2, 3, 4]) AS position) AS step
LEFT JOIN told ON told.stage = step.stage
LEFT JOIN took ON took.stage = step.stage
GROUP BY step.stage, step.position
ORDER BY step.position
