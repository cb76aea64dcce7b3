-- Where does each place stand among its peers, and what would it take to gain a place?
--
-- The newest period that at least half as many places published as ever did (C3). Ties share a
-- rank; a place that has not published is listed without one. gap_above and gap_below are the
-- distance to the nearest better and worse value (shares of growth when ranked by growth), always
-- positive. By year-end the one above goes on at its own growth: year_end_value is last year's
-- value × (1 + growth), and needed_value what reaches it; nothing is said without last year's.
-- Example: 9 against 10 above, who ended last year at 20 and grows 10 %: needed_value 22; from
-- September on needed_per_month is (22 - 9) / 3.
--
-- Scope: open
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all
--   $scope      VARCHAR    one circle of peers; NULL means all
--   $by         VARCHAR    value or growth; NULL means value
--
-- Returns one row per indicator, scope and place, best first, the unranked last
--   campaign                VARCHAR  campaign slug
--   indicator               VARCHAR  name
--   scope                   VARCHAR  circle of peers
--   place                   VARCHAR  place
--   is_own                  BOOLEAN  the campaign's own place
--   period_end_on           DATE     last day of the period compared
--   frequency               VARCHAR  月, 季 or 年
--   measure                 VARCHAR  what the value says: 累计, 当期, 期末, 同比, 累计同比
--   unit_of_measure         VARCHAR  of the value
--   direction               VARCHAR  up when more is better
--   value                   DOUBLE   value; NULL when not published
--   growth_share            DOUBLE   growth over the year before, as published, else computed
--   rank                    BIGINT   1 is best; NULL when not published
--   is_tied                 BOOLEAN  another place has the same rank
--   peer_count              BIGINT   places in the circle
--   published_count         BIGINT   those that can be ranked
--   previous_period_end_on  DATE     the period the change is against
--   rank_change             BIGINT   places gained since then; NULL without a rank then
--   above_place             VARCHAR  the nearest better place
--   gap_above               DOUBLE   distance to it
--   below_place             VARCHAR  the nearest worse place
--   gap_below               DOUBLE   distance to it
--   year_end_value          DOUBLE   value at year-end when the growth goes on
--   needed_value            DOUBLE   value at year-end that reaches the one above
--   needed_growth_share     DOUBLE   growth of the whole year that this is
--   needed_per_month        DOUBLE   to be added in each month left
--   months_left             BIGINT   months left in the period's year
--   is_provisional          BOOLEAN  the figure is provisional
--   publisher               VARCHAR  who published it
--   upload                  BIGINT   upload the row came in
--   sheet                   VARCHAR  its sheet
--   row                     BIGINT   its row there
--   value_column            VARCHAR  the column the value stands in

WITH asked AS (
  SELECT $scope::VARCHAR AS scope_asked, coalesce($by::VARCHAR, 'value') AS ranked_by
),
standing AS (
  SELECT ranked.*, ranked_by,
    CASE WHEN measure IN ('累计', '期末') AND growth_share IS NOT NULL
      THEN value_at_new_year * (1 + growth_share) END AS year_end_value,
    12 - month(period_end_on) AS months_left
  FROM peer_rank(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, coalesce($by::VARCHAR, 'value'),
    $indicator::VARCHAR
  ) AS ranked CROSS JOIN asked
  WHERE is_latest AND (scope_asked IS NULL OR scope = scope_asked)
),
neighbour AS (
  SELECT standing.*, above.place AS above_place, above.merit - standing.merit AS gap_above,
    above.growth_share AS above_growth_share, above.year_end_value AS above_year_end_value,
    below.place AS below_place, standing.merit - below.merit AS gap_below
  FROM standing
  LEFT JOIN standing AS above
    ON above.campaign = standing.campaign AND above.indicator = standing.indicator
   AND above.scope = standing.scope AND above.merit > standing.merit
  LEFT JOIN standing AS below
    ON below.campaign = standing.campaign AND below.indicator = standing.indicator
   AND below.scope = standing.scope AND below.merit < standing.merit
  QUALIFY row_number() OVER (
    PARTITION BY standing.campaign, standing.indicator, standing.scope, standing.place
    ORDER BY above.merit, above.place, below.merit DESC, below.place) = 1
),
needed AS (
  SELECT *, CASE
      WHEN months_left = 0 OR above_place IS NULL THEN NULL
      WHEN ranked_by = 'growth' AND measure IN ('累计', '期末')
        THEN value_at_new_year * (1 + above_growth_share)
      WHEN ranked_by = 'value' THEN above_year_end_value END AS needed_value
  FROM neighbour
)
SELECT campaign, indicator, scope, place, is_own, period_end_on, frequency, measure,
  unit_of_measure, direction, value, growth_share, rank, is_tied, peer_count, published_count,
  previous_period_end_on, previous_rank - rank AS rank_change,
  above_place, gap_above, below_place, gap_below, year_end_value,
  needed_value, needed_value / nullif(value_at_new_year, 0) - 1 AS needed_growth_share,
  (needed_value - value) / nullif(months_left, 0) AS needed_per_month, months_left,
  is_provisional, publisher, upload, sheet, row, value_column
FROM needed
ORDER BY campaign, indicator_position, scope_position, rank NULLS LAST, place
