-- How were problems found, by the unit itself or pointed out to it?
--
-- A way whose name begins with 自 (自己找, 自查) is the unit's own; every other is somebody else's
-- (群众提, 上级点, 互相帮, 集体议). A problem found in several ways counts under each, and as the
-- unit's own when one of them is (B12). What the list leaves empty is in neither.
-- Example: of 5 problems 2 自己找, 2 群众提 and 1 without a word: own_found_share 2/4.
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
-- Returns one row per unit and way, units in the roster's order, ways in the pack's
--   campaign      VARCHAR  campaign slug
--   league        VARCHAR  league
--   unit          VARCHAR  lead unit
--   found_by      VARCHAR  the way; NULL for what the list leaves empty
--   is_own        BOOLEAN  found by the unit itself
--   item_count    BIGINT   problems found in this way
--   stated_count  BIGINT   the unit's problems whose way is stated
--   own_count     BIGINT   of them, found by the unit itself
--   own_found_share  DOUBLE  own / stated, 0 to 1; NULL when none is stated

WITH found AS (
  SELECT campaign, league, unit, item_count, string_split(ways, '、') AS ways,
    len(list_filter(string_split(ways, '、'), lambda way: starts_with(way, '自'))) > 0 AS is_own
  FROM way_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
unit_count AS (
  SELECT campaign, unit,
    coalesce(sum(item_count) FILTER (ways IS NOT NULL), 0)::BIGINT AS stated_count,
    coalesce(sum(item_count) FILTER (is_own), 0)::BIGINT AS own_count
  FROM found GROUP BY ALL
),
counted AS (
  SELECT campaign, league, unit, found_by, starts_with(found_by, '自') AS is_own,
    sum(item_count)::BIGINT AS item_count
  FROM (SELECT * EXCLUDE (ways, is_own), unnest(coalesce(ways, [NULL])) AS found_by FROM found)
  GROUP BY ALL
)
SELECT
  counted.campaign, counted.league, counted.unit, counted.found_by, is_own, item_count,
  stated_count, own_count, share(own_count, stated_count) AS own_found_share
FROM counted
JOIN unit_count USING (campaign, unit)
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster USING (campaign, unit)
LEFT JOIN memory.main.pack_class AS way
  ON way.campaign = counted.campaign AND way.axis = 'found_by' AND way.name = counted.found_by
ORDER BY counted.campaign, roster.position NULLS LAST, counted.unit, way.position NULLS LAST,
  counted.found_by NULLS LAST
