-- How many enterprises' problems are at each of the three levels, and how long did they stay there?
--
-- Levels and their days as in coordination_levels (E7). The median is over all items that left a
-- level, upward or by closing; those still there are counted as open, with the longest of them.
-- Example: three items left the leader's level after 4, 6 and 20 days: days_median 6.
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
-- Returns one row per level
--   campaign       VARCHAR  campaign slug
--   level          BIGINT   1 responsible person, 2 leader, 3 committees
--   level_name     VARCHAR  what the pack calls that level, else its step
--   reached_count  BIGINT   items that were at it
--   open_count     BIGINT   of those, at it and open on the day
--   closed_count   BIGINT   of those, closed at it
--   days_median    DOUBLE   median days of those that left it; NULL when none did
--   open_days_max  BIGINT   days that the longest open one has been at it; NULL when none is

WITH item AS (
  FROM item_level(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
stayed AS (
  SELECT campaign, is_closed, level_reached AS last_level, unnest([1, 2, 3]) AS level_reached,
    unnest(days_at) AS days
  FROM item
)
SELECT
  stayed.campaign, stayed.level_reached::BIGINT AS level, level_name,
  count(days) AS reached_count,
  count(*) FILTER (last_level = stayed.level_reached AND NOT is_closed) AS open_count,
  count(*) FILTER (last_level = stayed.level_reached AND is_closed) AS closed_count,
  median(days) FILTER (is_closed OR last_level > stayed.level_reached) AS days_median,
  max(days) FILTER (last_level = stayed.level_reached AND NOT is_closed) AS open_days_max
FROM stayed
JOIN level_named() AS named
  ON named.campaign = stayed.campaign AND named.level_reached = stayed.level_reached
GROUP BY ALL
ORDER BY stayed.campaign, level
