-- What is known of a unit before it is questioned?
--
-- D20, the fact sheet: what it leads, what is late, what rules found, what it said last time. It
-- holds facts to ask about, and no verdict.
-- Example: 18 items, 12 due, 9 of them closed, 3 overdue, the longest for 41 days; 2 findings open;
-- last asked on 15 September: 不清楚, 一般, 一般.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--
-- Returns one row per unit of the roster, in its order
--   unit                       VARCHAR  unit
--   league                     VARCHAR  its league
--   leader_post                VARCHAR  leader in charge of it
--   is_reported                BOOLEAN  the month's lists are in
--   last_month                 VARCHAR  newest month in, YYYY-MM; NULL when none
--   item_count                 BIGINT   items led, problems and tasks
--   due_count                  BIGINT   of those, due
--   closed_due_count           BIGINT   of the due, closed
--   overdue_count              BIGINT   of the due, overdue
--   overdue_days_max           BIGINT   days of the longest overdue; NULL when none is
--   longest_overdue            VARCHAR  its title
--   reopened_count             BIGINT   found false and not closed anew
--   task_count                 BIGINT   of the items, tasks
--   task_behind_count          BIGINT   of those, with a red or yellow light
--   open_finding_count         BIGINT   findings still to be dealt with, good ones not counted
--   red_finding_count          BIGINT   of those, red
--   gravest_finding            VARCHAR  the gravest, longest open one in a sentence
--   instruction_count          BIGINT   instructions not yet in effect
--   instruction_overdue_count  BIGINT   of those, overdue
--   last_asked_on              DATE     last questioning; NULL when there was none
--   situation                  VARCHAR  its mark of 情况
--   measures                   VARCHAR  its mark of 措施
--   effect                     VARCHAR  its mark of 成效

WITH asked AS (
  SELECT $as_of::DATE AS as_of
),
item AS (
  SELECT unit, tallied(alike_count, true) AS item_count, tallied(alike_count, is_due) AS due_count,
         tallied(alike_count, is_due AND is_closed) AS closed_due_count,
         tallied(alike_count, is_overdue) AS overdue_count, max(overdue_days) AS overdue_days_max,
         tallied(alike_count, is_reopened) AS reopened_count,
         tallied(alike_count, ledger = 'tasks') AS task_count
  FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[], NULL, NULL, NULL)
  GROUP BY unit
),
-- Asked for by its deadline, in the order of which items are kept.
longest AS (
  SELECT late.unit, arg_min(late.title, late.item_key) AS longest_overdue
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[], NULL, NULL, NULL)
    AS late
  JOIN item ON item.unit = late.unit AND $as_of::DATE - item.overdue_days_max::INTEGER = late.due_on
  WHERE late.is_overdue
  GROUP BY late.unit
),
task AS (
  SELECT unit, count(*) FILTER (light IN ('red', 'yellow')) AS task_behind_count
  FROM task_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[], NULL, NULL, NULL)
  GROUP BY unit
),
finding AS (
  SELECT unit, tallied(alike_count, true) AS open_count,
         tallied(alike_count, level = 'red') AS red_count,
         arg_min(first_sentence, (
           list_position(['red', 'amber', 'blue'], level), since_on, rule_position,
           first_subject)) AS gravest
  FROM finding_tallied($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WHERE is_open AND level <> 'good' GROUP BY unit
),
told AS (
  SELECT unit, count(*) AS instruction_count,
         count(*) FILTER (is_overdue) AS instruction_overdue_count
  FROM instruction_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WHERE NOT is_effective GROUP BY unit
),
questioning AS (
  FROM questioning_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND asked_on <= $as_of::DATE
  QUALIFY row_number() OVER (PARTITION BY unit ORDER BY asked_on DESC, upload DESC, row DESC) = 1
)
SELECT
  roster.unit, roster.league, roster.leader_post, roster.is_reported,
  strftime(roster.last_period, '%Y-%m') AS last_month, coalesce(item_count, 0) AS item_count,
  coalesce(due_count, 0) AS due_count, coalesce(closed_due_count, 0) AS closed_due_count,
  coalesce(overdue_count, 0) AS overdue_count, overdue_days_max,
  longest_overdue,
  coalesce(reopened_count, 0) AS reopened_count, coalesce(task_count, 0) AS task_count,
  coalesce(task_behind_count, 0) AS task_behind_count,
  coalesce(finding.open_count, 0) AS open_finding_count,
  coalesce(finding.red_count, 0) AS red_finding_count, gravest AS gravest_finding,
  coalesce(instruction_count, 0) AS instruction_count,
  coalesce(instruction_overdue_count, 0) AS instruction_overdue_count,
  questioning.asked_on AS last_asked_on, situation, measures, effect
FROM unit_reported($as_of::DATE, $known_at::TIMESTAMP) AS roster
LEFT JOIN item ON item.unit = roster.unit
LEFT JOIN longest ON longest.unit = roster.unit
LEFT JOIN task ON task.unit = roster.unit
LEFT JOIN finding ON finding.unit = roster.unit
LEFT JOIN told ON told.unit = roster.unit
LEFT JOIN questioning ON questioning.unit = roster.unit
WHERE roster.campaign = $campaign::VARCHAR
  AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], roster.unit))
ORDER BY roster.position
