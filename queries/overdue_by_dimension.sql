-- Which units are overdue, and in which dimension (or class)?
--
-- Items without a deadline appear nowhere here, as in overdue_by_unit.
-- Example: three items of 民生 with a deadline, one of them overdue: item_count 3,
-- overdue_count 1.
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
-- Returns one row per unit and dimension, dimensions in the pack's order, then others by name
--   campaign       VARCHAR  campaign slug
--   unit           VARCHAR  lead unit
--   dimension      VARCHAR  dimension, class or channel; NULL when the list names none
--   overdue_count  BIGINT   items overdue
--   item_count     BIGINT   items with a deadline
--   pending_count  BIGINT   open and not yet overdue

SELECT
  item.campaign, item.unit, item.dimension,
  tallied(item_count, state = 'overdue') AS overdue_count,
  tallied(item_count, true) AS item_count,
  tallied(item_count, state = 'pending') AS pending_count
FROM deadline_asked(
  $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
  $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS item
LEFT JOIN memory.main.pack_dimension
  ON pack_dimension.campaign = item.campaign AND pack_dimension.dimension = item.dimension
GROUP BY item.campaign, item.unit, item.dimension, pack_dimension.position
ORDER BY item.campaign, pack_dimension.position NULLS LAST, item.dimension NULLS LAST, item.unit
