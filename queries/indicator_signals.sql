-- Is the change of each of our indicators real, or within its usual swing?
--
-- A point is, in percent, the growth of a period alone over the same period of the year before
-- (1-2月 together) for flows, that of the level for 期末; growths, shares and ranks stand for
-- themselves. From ten points on the newest 24 make the limits (XmR): mean ± 2.66 × mean moving
-- range between periods that follow each other. A signal is a point outside the limits, or the
-- eighth and later of a run on one side of the mean; a missing period or a point on the mean ends
-- a run. Good side: improved, bad side: worse, no signal: held. Below ten points `change` decides:
-- from the pack's signal_change_points on (2; for ranks one place) improved or worse, else held.
-- Example: growths 5, 6, 5, 6, 5, 6, 5, 6, 5, 10: the last is above 5.9 + 2.66 × 13/9, improved.
--
-- Scope: open
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all
--
-- Returns one row per indicator and point, oldest first
--   campaign         VARCHAR  campaign slug
--   indicator        VARCHAR  name
--   month            VARCHAR  YYYY-MM of the period's end
--   period_end_on    DATE     last day of the period
--   frequency        VARCHAR  月, 季 or 年
--   measure          VARCHAR  of the figure it stands on
--   direction        VARCHAR  up or down is good; a rank is always better small
--   point_kind       VARCHAR  flow, stock, growth or level: what the point is
--   point            DOUBLE   what is compared
--   point_unit       VARCHAR  of it
--   change           DOUBLE   to the same period of the year before
--   point_count      BIGINT   points the rule stands on, 24 at most
--   rule             VARCHAR  limits from ten points on, else threshold
--   threshold        DOUBLE   from which a change counts, below ten points
--   mean             DOUBLE   of the points; NULL below ten, and before the newest 24
--   low_limit        DOUBLE   lower limit
--   high_limit       DOUBLE   upper limit
--   signal           VARCHAR  outside, run or NULL
--   verdict          VARCHAR  improved, held or worse; NULL where nothing can be said
--   is_newest        BOOLEAN  the indicator's newest point
--   is_next          BOOLEAN  follows the point before without a gap
--   is_provisional   BOOLEAN  published as provisional
--   publisher        VARCHAR  source as the list says
--   value            DOUBLE   the figure as published
--   unit_of_measure  VARCHAR  of value
--   upload           BIGINT   upload the figure came in
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there
--   value_column     VARCHAR  its column there where a wide table was read

WITH pointed AS (
  SELECT points.*, dictionary.position,
    CASE WHEN points.measure = '位次' THEN 'down'
      ELSE coalesce(dictionary.direction, 'up') END AS direction,
    points.period_end_on <= last_day(lag(points.period_end_on) OVER history
      + CASE WHEN points.frequency = '年' THEN INTERVAL 12 MONTH
             WHEN points.frequency = '季' THEN INTERVAL 3 MONTH
             WHEN point_kind = 'flow' AND month(points.period_end_on) = 2 THEN INTERVAL 2 MONTH
             ELSE INTERVAL 1 MONTH END) AS is_next,
    row_number() OVER (PARTITION BY points.campaign, points.indicator
      ORDER BY points.period_end_on DESC) AS from_newest
  FROM signal_point(
    $campaign::VARCHAR, $known_at::TIMESTAMP, $indicator::VARCHAR) AS points
  LEFT JOIN memory.main.pack_indicator AS dictionary USING (campaign, indicator)
  WHERE point IS NOT NULL AND points.period_end_on <= last_day($as_of::DATE)
  WINDOW history AS (PARTITION BY points.campaign, points.indicator ORDER BY points.period_end_on)
),
moved AS (
  SELECT *, CASE WHEN is_next AND from_newest < 24 THEN abs(point - lag(point) OVER (
      PARTITION BY campaign, indicator ORDER BY period_end_on)) END AS moving_range
  FROM pointed
),
judged AS (
  SELECT campaign, indicator, count(*) AS point_count, avg(point) AS middle,
    avg(moving_range) AS moving, count(*) >= 10 AND moving IS NOT NULL AS has_limits
  FROM moved WHERE from_newest <= 24 GROUP BY campaign, indicator
),
sided AS (
  SELECT moved.*, point_count, has_limits,
    CASE WHEN has_limits AND from_newest <= 24 THEN middle END AS mean,
    signal_low(mean, moving) AS low_limit, signal_high(mean, moving) AS high_limit,
    sign(point - mean) AS side
  FROM moved JOIN judged USING (campaign, indicator)
),
turned AS (
  SELECT *, count(*) FILTER (NOT is_follower) OVER (
      PARTITION BY campaign, indicator ORDER BY period_end_on) AS run
  FROM (
    SELECT *, coalesce(is_next AND side <> 0 AND side = lag(side) OVER (
        PARTITION BY campaign, indicator ORDER BY period_end_on), false) AS is_follower
    FROM sided
  )
),
signalled AS (
  SELECT *, CASE
      WHEN point < low_limit OR point > high_limit THEN 'outside'
      WHEN side <> 0 AND row_number() OVER (
        PARTITION BY campaign, indicator, run ORDER BY period_end_on) >= 8 THEN 'run'
    END AS signal
  FROM turned
)
SELECT
  signalled.campaign, indicator, strftime(period_end_on, '%Y-%m') AS month, period_end_on,
  frequency, measure, direction, point_kind, point,
  CASE WHEN point_kind IN ('flow', 'stock') THEN '%' ELSE unit_of_measure END AS point_unit,
  change, point_count, CASE WHEN has_limits THEN 'limits' ELSE 'threshold' END AS rule,
  CASE WHEN measure = '位次' THEN 1 ELSE signal_change_points END AS threshold,
  mean, low_limit, high_limit, signal,
  CASE
    WHEN NOT has_limits THEN signal_verdict(change, threshold, direction)
    WHEN mean IS NULL THEN NULL
    WHEN signal IS NULL THEN 'held'
    ELSE signal_verdict(point - mean, 0, direction) END AS verdict,
  from_newest = 1 AS is_newest, coalesce(is_next, false) AS is_next,
  coalesce(is_provisional, false) AS is_provisional, publisher, signalled.value, unit_of_measure,
  upload, sheet, row, value_column
FROM signalled
LEFT JOIN memory.main.pack_campaign ON pack_campaign.campaign = signalled.campaign
ORDER BY signalled.campaign, signalled.position NULLS LAST, indicator, period_end_on
