-- How far has each instruction come, from 布置 over 跟踪 and 督查 to 见效?
--
-- D22: those that a list names (交办批示台账) and those entered in a meeting (会上交办) that no list
-- names yet. The days in the stage are working days since the stage's first day; of what is in
-- effect those of the whole way. After the last year of the calendar of working days they are NULL.
-- Example: given on Thursday 1 September, followed up on Monday 5 September: asked on 8 September
-- in 跟踪 for 3 working days.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--   $stage     VARCHAR    布置, 跟踪, 督查 or 见效; NULL means all
--
-- Returns one row per instruction, overdue ones first, then by stage, the oldest first
--   item_no             VARCHAR  its number; NULL when it has none
--   title               VARCHAR  what is to be done
--   unit                VARCHAR  unit
--   league              VARCHAR  its league
--   given_by            VARCHAR  post or body that gave it
--   occasion            VARCHAR  where it was given
--   given_on            DATE     布置
--   tracked_on          DATE     跟踪; NULL while it was not followed up
--   inspected_on        DATE     督查; NULL while it was not inspected
--   effective_on        DATE     见效; NULL while it is not in effect
--   due_on              DATE     by when; NULL when no day is set
--   stage               VARCHAR  布置, 跟踪, 督查 or 见效
--   stage_working_days  BIGINT   working days in the stage; of 见效 from the giving to the effect
--   is_overdue          BOOLEAN  past due_on and not in effect
--   overdue_days        BIGINT   days past due_on; NULL when it is not overdue
--   is_late             BOOLEAN  in effect, but after due_on
--   effect              VARCHAR  what came of it
--   is_from_meeting     BOOLEAN  entered in a meeting, no list names it
--   upload              BIGINT   upload the row came in; NULL when it was entered in a meeting
--   file                VARCHAR  its file
--   sheet               VARCHAR  its sheet
--   row                 BIGINT   its row there

WITH told AS (
  SELECT instruction.*, roster.league, roster.leader_post,
         CASE stage WHEN '布置' THEN given_on WHEN '跟踪' THEN tracked_on
                    WHEN '督查' THEN inspected_on ELSE given_on END AS stage_on,
         CASE WHEN is_effective THEN effective_on ELSE $as_of::DATE END AS counted_to
  FROM instruction_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS instruction
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = instruction.campaign AND roster.unit = instruction.unit
  WHERE instruction.campaign = $campaign::VARCHAR
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], instruction.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
    AND ($stage::VARCHAR IS NULL OR instruction.stage = $stage::VARCHAR)
)
SELECT
  item_no, title, unit, league, given_by, occasion, given_on, tracked_on, inspected_on,
  effective_on, due_on, stage, ended.workday_number - started.workday_number AS stage_working_days,
  is_overdue, CASE WHEN is_overdue THEN $as_of::DATE - due_on END AS overdue_days,
  coalesce(is_effective AND effective_on > due_on, false) AS is_late, effect,
  told.upload IS NULL AS is_from_meeting, told.upload, file, sheet, row
FROM told
LEFT JOIN (SELECT upload, file FROM store.main.upload) AS uploads ON uploads.upload = told.upload
LEFT JOIN memory.main.workday AS started ON started.day = stage_on
LEFT JOIN memory.main.workday AS ended ON ended.day = counted_to
ORDER BY is_overdue DESC, list_position(['布置', '跟踪', '督查', '见效'], stage), given_on, title
