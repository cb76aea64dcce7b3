-- From which stage into which did the projects move since the list before?
--
-- C6. A project that stayed is a move from its stage into itself; one that the list before did not
-- have comes from nowhere (NULL).
-- Example: 3 projects in 前期 before and in 开工 now: one row of 3.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per pair of stages that has projects, in the pack's order
--   campaign       VARCHAR  campaign slug
--   from_stage     VARCHAR  stage in the list before; 未注明 without one, NULL when not in it
--   stage          VARCHAR  stage now; 未注明 without one
--   project_count  BIGINT   projects
--   stuck_count    BIGINT   of those, stuck
--   is_back        BOOLEAN  the stage now comes before the old one in the pack's order; out of
--                           the reserve is never back, into it always
--   before_month   VARCHAR  YYYY-MM of the list before; NULL when there is none
--   month          VARCHAR  YYYY-MM of the newest list

WITH project AS (
  FROM project_asked(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
    $post::VARCHAR)
),
before AS (
  SELECT slice.campaign, max(slice.period) AS before_period
  FROM slice_known($known_at::TIMESTAMP) AS slice
  JOIN (SELECT DISTINCT campaign, newest_period FROM project) AS newest USING (campaign)
  WHERE slice.ledger = 'projects' AND slice.period < newest_period
  GROUP BY ALL
)
SELECT
  project.campaign,
  CASE WHEN NOT is_new THEN coalesce(before_stage, '未注明') END AS from_stage,
  coalesce(project.stage, '未注明') AS stage, count(*) AS project_count,
  count(*) FILTER (is_stuck) AS stuck_count,
  CASE WHEN any_value(before_stage) = '储备' THEN false
       WHEN any_value(project.stage) = '储备' THEN any_value(before_stage) IS NOT NULL
       ELSE coalesce(any_value(stage_position) < any_value(former.position), false) END AS is_back,
  strftime(any_value(before_period), '%Y-%m') AS before_month,
  strftime(any_value(newest_period), '%Y-%m') AS month
FROM project
LEFT JOIN before USING (campaign)
LEFT JOIN memory.main.pack_stage AS former
  ON former.campaign = project.campaign AND former.stage = before_stage
GROUP BY project.campaign, 2, 3
ORDER BY project.campaign, any_value(former.position) NULLS LAST, from_stage,
  any_value(stage_position) NULLS LAST, stage
