-- Have we reached the rank we are to reach, or how many places are missing?
--
-- Every goal of the pack at its checkpoint in the year asked about (C13): of an index its rank, of
-- an appraisal the rank others published, else the rank among the peers. Once the checkpoint has
-- passed, the rank at it counts. A goal without a number (争先进位) is met when the rank is better
-- than a year before, or is the first.
-- Example: goal 2 and rank 4: two places missing.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $by        VARCHAR    value or growth; NULL means value
--
-- Returns one row per goal
--   campaign             VARCHAR  campaign slug
--   subject              VARCHAR  the indicator, index or appraisal
--   kind                 VARCHAR  index, appraisal or indicator
--   scope                VARCHAR  circle of peers
--   checkpoint_on        DATE     the last day of the checkpoint's month
--   is_passed            BOOLEAN  the checkpoint has passed
--   goal_rank            BIGINT   rank to reach; NULL for moving up
--   rank                 BIGINT   rank now, or at the checkpoint; NULL when not known
--   rank_year_before     BIGINT   rank a year before
--   peer_count           BIGINT   places in the circle
--   published_count      BIGINT   those ranked
--   places_missing       BIGINT   places still to gain; 0 when reached
--   is_reached           BOOLEAN  reached; NULL when not known
--   period_end_on        DATE     the period the rank is of

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    coalesce($by::VARCHAR, 'value') AS ranked_by
),
goal AS (
  SELECT pack_goal.*, last_day(make_date(year(as_of), month, 1)) AS checkpoint_on,
    least(as_of, checkpoint_on) AS judged_on, as_of > checkpoint_on AS is_passed,
    CASE WHEN EXISTS (FROM memory.main.pack_index_part AS part
        WHERE part.campaign = pack_goal.campaign AND part.index = pack_goal.subject) THEN 'index'
      WHEN EXISTS (FROM memory.main.pack_indicator AS named WHERE named.campaign = pack_goal.campaign
        AND named.indicator = pack_goal.subject AND named.measure = '位次') THEN 'appraisal'
      ELSE 'indicator' END AS kind
  FROM memory.main.pack_goal CROSS JOIN asked WHERE slug IS NULL OR pack_goal.campaign = slug
),
judged_day AS (
  SELECT list(DISTINCT judged_on) || list(DISTINCT (judged_on - INTERVAL 1 YEAR)::DATE)
    || [any_value(as_of)] AS days
  FROM goal CROSS JOIN asked
),
history AS MATERIALIZED (
  SELECT 'indicator' AS kind, campaign, indicator AS subject, scope, period_end_on, period_end_on AS shown_on,
    rank, peer_count, published_count
  FROM peer_rank($campaign::VARCHAR, (SELECT as_of FROM asked), $known_at::TIMESTAMP,
    coalesce($by::VARCHAR, 'value'), NULL::VARCHAR)
  WHERE is_own AND is_counted
  UNION ALL
  SELECT 'index', campaign, index, scope, last_day(as_of), period_end_on, rank, peer_count, published_count
  FROM index_on($campaign::VARCHAR, (SELECT days FROM judged_day), $known_at::TIMESTAMP,
    NULL::VARCHAR, NULL::VARCHAR[])
  WHERE is_own
  UNION ALL
  SELECT 'appraisal', figure.campaign, figure.indicator, NULL, figure.period_end_on,
    figure.period_end_on, round(figure.value)::BIGINT, NULL, NULL
  FROM figure_known(
    $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, '') AS figure
  WHERE figure.measure = '位次' AND figure.value IS NOT NULL
),
standing AS (
  SELECT goal.position, history.*
  FROM goal JOIN history
    ON history.campaign = goal.campaign AND history.kind = goal.kind
   AND history.subject = goal.subject AND coalesce(history.scope, goal.scope) = goal.scope
   AND history.period_end_on <= last_day(goal.judged_on)
  QUALIFY row_number() OVER (
    PARTITION BY goal.campaign, goal.position ORDER BY history.period_end_on DESC) = 1
),
judged AS (
  SELECT goal.campaign, goal.subject, goal.kind, goal.scope, goal.checkpoint_on, goal.is_passed,
    goal.rank AS goal_rank, standing.rank, before.rank AS rank_year_before,
    standing.peer_count, standing.published_count, standing.shown_on AS period_end_on, goal.position,
    coalesce(goal.rank, CASE WHEN standing.rank = 1 THEN 1 WHEN before.rank > 1 THEN before.rank - 1
      ELSE before.rank END) AS aim
  FROM goal
  LEFT JOIN standing
    ON standing.campaign = goal.campaign AND standing.position = goal.position
  LEFT JOIN history AS before
    ON before.campaign = standing.campaign AND before.kind = standing.kind
   AND before.subject = standing.subject AND before.scope IS NOT DISTINCT FROM standing.scope
   AND before.period_end_on = last_day(standing.period_end_on - INTERVAL 1 YEAR)
)
SELECT campaign, subject, kind, scope, checkpoint_on, is_passed, goal_rank, rank,
  rank_year_before, peer_count, published_count,
  CASE WHEN rank <= aim THEN 0 ELSE rank - aim END AS places_missing, rank <= aim AS is_reached,
  period_end_on
FROM judged
ORDER BY campaign, position
