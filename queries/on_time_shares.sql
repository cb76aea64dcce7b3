-- How much was closed on time, by the original deadline and by the one in force?
--
-- Side by side, so that an extension (延期) hides nothing (B10). Each share is over what its own
-- deadline made due. An extension approved after the deadline moves nothing.
-- Example: 10 due on the original deadline, 6 closed by it; 2 of the others extended and closed
-- by the later one: 6/10 and 8/10.
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
-- Returns one row per unit with something due, in the roster's order
--   campaign                VARCHAR  campaign slug
--   league                  VARCHAR  league
--   unit                    VARCHAR  lead unit
--   item_count              BIGINT   items led
--   original_due_count      BIGINT   original deadline on or before the day
--   original_on_time_count  BIGINT   of them, closed on or before it
--   original_on_time_share  DOUBLE   0 to 1; NULL when nothing was due
--   due_count               BIGINT   deadline in force on or before the day
--   on_time_count           BIGINT   of them, closed on or before it
--   on_time_share           DOUBLE   0 to 1; NULL when nothing was due
--   extended_count          BIGINT   items with an extension in force
--   escalated_count         BIGINT   items 提级, by their list or a step
--   tolerated_count         BIGINT   items under 容错备案, by their list or a step

WITH counted AS (
  SELECT campaign, league, unit,
    sum(item_count)::BIGINT AS item_count,
    sum(original_due_count)::BIGINT AS original_due_count,
    sum(original_on_time_count)::BIGINT AS original_on_time_count,
    sum(due_count)::BIGINT AS due_count,
    sum(on_time_count)::BIGINT AS on_time_count,
    sum(extended_count)::BIGINT AS extended_count,
    sum(escalated_count)::BIGINT AS escalated_count,
    sum(tolerated_count)::BIGINT AS tolerated_count
  FROM promise_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  GROUP BY ALL
)
SELECT
  counted.campaign, counted.league, counted.unit, item_count,
  original_due_count, original_on_time_count,
  share(original_on_time_count, original_due_count) AS original_on_time_share,
  due_count, on_time_count, share(on_time_count, due_count) AS on_time_share,
  extended_count, escalated_count, tolerated_count
FROM counted
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster USING (campaign, unit)
WHERE original_due_count > 0 OR due_count > 0
ORDER BY counted.campaign, roster.position NULLS LAST, counted.unit
