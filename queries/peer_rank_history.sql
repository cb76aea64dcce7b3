-- How did the places of a circle overtake each other?
--
-- One rank a place and period (C3); a period in which a place did not publish has no rank: a gap,
-- never drawn across. is_counted is false where less than half of the places published.
-- Example: third in August, not published in September, second in October.
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
-- Returns one row per indicator, scope, period and place
--   campaign         VARCHAR  campaign slug
--   indicator        VARCHAR  name
--   scope            VARCHAR  circle of peers
--   period_end_on    DATE     last day of the period
--   frequency        VARCHAR  月, 季 or 年
--   place            VARCHAR  place
--   is_own           BOOLEAN  the campaign's own place
--   value            DOUBLE   value; NULL when not published
--   growth_share     DOUBLE   growth over the year before
--   rank             BIGINT   1 is best; ties share a rank
--   published_count  BIGINT   places ranked in that period
--   is_counted       BOOLEAN  at least half of the places published
--   is_provisional   BOOLEAN  the figure is provisional

WITH asked AS (SELECT $scope::VARCHAR AS scope_asked)
SELECT campaign, indicator, scope, period_end_on, frequency, place, is_own, value, growth_share,
  rank, published_count, is_counted, is_provisional
FROM peer_rank(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, coalesce($by::VARCHAR, 'value'),
  $indicator::VARCHAR)
CROSS JOIN asked
WHERE scope_asked IS NULL OR scope = scope_asked
ORDER BY campaign, indicator_position, scope_position, period_end_on, rank NULLS LAST, place
