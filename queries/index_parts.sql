-- What is each place's index made of?
--
-- One part with its value, the points it is worth on the common scale, and its weight (C4).
-- Example: 80 of 60 to 100 in the circle is worth 50 points.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $index     VARCHAR    one index; NULL means all
--   $scope     VARCHAR    one circle of peers; NULL means all
--   $method    VARCHAR    min-max or z; NULL means min-max
--   $weight    VARCHAR[]  other weights, as indicator=2; NULL means the pack's
--
-- Returns one row per index, scope, place and part
--   campaign         VARCHAR  campaign slug
--   index            VARCHAR  name
--   scope            VARCHAR  circle of peers
--   place            VARCHAR  place
--   is_own           BOOLEAN  the campaign's own place
--   indicator        VARCHAR  the part
--   weight           DOUBLE   its weight
--   weight_share     DOUBLE   its share of all weights, 0 to 1
--   period_end_on    DATE     the period its value is of
--   value            DOUBLE   its value; NULL when not published
--   unit_of_measure  VARCHAR  of the value
--   direction        VARCHAR  up when more is better
--   score            DOUBLE   points on the common scale
--   is_provisional   BOOLEAN  the figure is provisional
--   upload           BIGINT   upload the row came in
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there
--   value_column     VARCHAR  the column the value stands in

WITH asked AS (
  SELECT $as_of::DATE AS as_of, $index::VARCHAR AS index_asked, $scope::VARCHAR AS scope_asked
)
SELECT campaign, index, scope, place, is_own, indicator, weight,
  weight / nullif(sum(weight) OVER (PARTITION BY campaign, index, scope, place), 0) AS weight_share,
  period_end_on, value, unit_of_measure, direction, score, is_provisional,
  upload, sheet, row, value_column
FROM index_part_on(
  $campaign::VARCHAR, [(SELECT as_of FROM asked)], $known_at::TIMESTAMP, $method::VARCHAR,
  $weight::VARCHAR[])
CROSS JOIN asked
WHERE (index_asked IS NULL OR index = index_asked) AND (scope_asked IS NULL OR scope = scope_asked)
ORDER BY campaign, index, scope_position, place, position
