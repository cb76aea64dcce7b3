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

WITH stepped AS (
  SELECT campaign, item_key, bool_or(step = '提级') AS is_escalated,
    bool_or(step = '容错备案') AS is_tolerated
  FROM step_known($known_at::TIMESTAMP)
  WHERE step IN ('提级', '容错备案') AND step_on <= $as_of::DATE
  GROUP BY ALL
),
counted AS (
  SELECT item.campaign, item.league, item.unit,
    count(*) AS item_count,
    count(*) FILTER (original_due_on <= as_of) AS original_due_count,
    count(*) FILTER (original_due_on <= as_of AND is_closed AND closed_at_on <= original_due_on)
      AS original_on_time_count,
    count(*) FILTER (is_due) AS due_count,
    count(*) FILTER (is_on_time) AS on_time_count,
    count(*) FILTER (is_extended) AS extended_count,
    count(*) FILTER (state = 'escalated' OR is_escalated) AS escalated_count,
    count(*) FILTER (state = 'tolerated' OR is_tolerated) AS tolerated_count
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS item
  LEFT JOIN stepped USING (campaign, item_key)
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
