-- For how long have each unit's items been overdue?
--
-- Example: items overdue by 7, 8 and 31 days count once each in the first three columns.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per unit with overdue items, most first
--   campaign            VARCHAR  campaign slug
--   unit                VARCHAR  lead unit
--   league              VARCHAR  league
--   days_1_7_count      BIGINT   overdue 1 to 7 days
--   days_8_30_count     BIGINT   overdue 8 to 30 days
--   days_31_90_count    BIGINT   overdue 31 to 90 days
--   days_over_90_count  BIGINT   overdue more than 90 days
--   overdue_count       BIGINT   all overdue

SELECT
  campaign, unit, league,
  tallied(alike_count, overdue_days <= 7) AS days_1_7_count,
  tallied(alike_count, overdue_days BETWEEN 8 AND 30) AS days_8_30_count,
  tallied(alike_count, overdue_days BETWEEN 31 AND 90) AS days_31_90_count,
  tallied(alike_count, overdue_days > 90) AS days_over_90_count,
  tallied(alike_count, true) AS overdue_count
FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
WHERE is_overdue
GROUP BY ALL
ORDER BY campaign, overdue_count DESC, max(overdue_days) DESC, unit
