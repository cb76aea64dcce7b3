-- How many projects are in each stage, how many came and went since the list before, who is stuck?
--
-- C6: 一季度前期、二季度开工、三季度推进、四季度储备. Before and now are the campaign's two newest
-- lists by the day: before_count + new_count + came_count - left_count = project_count.
-- Example: 5 before, 1 new, 2 came from another stage, 3 left: 5 now.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per stage of the pack, in its order; then words that are no stage of it
--   campaign            VARCHAR  campaign slug
--   stage               VARCHAR  stage; 未注明 for projects without one
--   quarter             BIGINT   quarter that the pack gives it; 0 for none, NULL for no stage of it
--   is_current          BOOLEAN  that is the quarter of the day
--   before_count        BIGINT   projects in it in the list before
--   new_count           BIGINT   of now, those that the list before did not have
--   came_count          BIGINT   of now, those that were in another stage before
--   left_count          BIGINT   of before, those now in another stage
--   project_count       BIGINT   projects in it now
--   stuck_count         BIGINT   of those, stuck
--   past_quarter_count  BIGINT   of those, in it though a later stage's quarter has come
--   obstacle_count      BIGINT   of those, with an obstacle written down
--   days_median         DOUBLE   median days in the stage; NULL without projects
--   stuck_days          DOUBLE   from how many days on a project is stuck; NULL where it rests, or
--                                the pack sets none

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of),
project AS (
  FROM project_asked(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
    $post::VARCHAR)
),
standing AS (
  SELECT campaign, coalesce(stage, '未注明') AS stage,
    count(*) FILTER (is_new) AS new_count,
    count(*) FILTER (NOT is_new AND stage IS DISTINCT FROM before_stage) AS came_count,
    count(*) AS project_count, count(*) FILTER (is_stuck) AS stuck_count,
    count(*) FILTER (is_past_quarter) AS past_quarter_count,
    count(*) FILTER (obstacle IS NOT NULL) AS obstacle_count,
    median(days_in_stage)::DOUBLE AS days_median
  FROM project GROUP BY ALL
),
before AS (
  SELECT campaign, coalesce(before_stage, '未注明') AS stage, count(*) AS before_count,
    count(*) FILTER (stage IS DISTINCT FROM before_stage) AS left_count
  FROM project WHERE NOT is_new GROUP BY ALL
),
listed AS (
  SELECT campaign, stage, quarter, position
  FROM memory.main.pack_stage
  WHERE campaign IN (SELECT campaign FROM project)
)
SELECT
  campaign, stage, quarter, coalesce(quarter = quarter(as_of), false) AS is_current,
  coalesce(before_count, 0) AS before_count, coalesce(new_count, 0) AS new_count,
  coalesce(came_count, 0) AS came_count, coalesce(left_count, 0) AS left_count,
  coalesce(project_count, 0) AS project_count, coalesce(stuck_count, 0) AS stuck_count,
  coalesce(past_quarter_count, 0) AS past_quarter_count,
  coalesce(obstacle_count, 0) AS obstacle_count, days_median,
  CASE WHEN NOT rests_in(stage) THEN coalesce(own.own_value, threshold.value) END AS stuck_days
FROM listed
FULL JOIN standing USING (campaign, stage)
FULL JOIN before USING (campaign, stage)
CROSS JOIN asked
LEFT JOIN (
  SELECT campaign AS of_campaign, value FROM memory.main.pack_threshold
  WHERE name = 'project_stuck_days'
) AS threshold ON threshold.of_campaign = campaign
LEFT JOIN (
  SELECT campaign AS of_campaign, name, value AS own_value FROM memory.main.pack_threshold
) AS own ON own.of_campaign = campaign AND own.name = 'project_stuck_days:' || stage
ORDER BY campaign, position NULLS LAST, stage
