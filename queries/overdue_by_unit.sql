-- Which units are overdue, and since which month?
--
-- The month is that of the deadline in force. Items without a deadline appear nowhere here.
-- Example: three items due in September, one of them open on 31 October: item_count 3,
-- overdue_count 1, pending_count 0.
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
-- Returns one row per unit and deadline month
--   campaign          VARCHAR  campaign slug
--   unit              VARCHAR  lead unit
--   league            VARCHAR  league
--   month             VARCHAR  YYYY-MM of the deadline
--   overdue_count     BIGINT   items overdue
--   item_count        BIGINT   items with a deadline in the month
--   pending_count     BIGINT   open and not yet overdue
--   overdue_days_max  BIGINT   days of the longest overdue; NULL when none is

SELECT
  campaign, unit, league, strftime(due_on, '%Y-%m') AS month,
  tallied(alike_count, is_overdue) AS overdue_count,
  tallied(alike_count, true) AS item_count,
  tallied(alike_count, NOT is_closed AND NOT is_overdue) AS pending_count,
  max(overdue_days) AS overdue_days_max
FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
WHERE due_on IS NOT NULL
GROUP BY ALL
ORDER BY campaign, unit, month
