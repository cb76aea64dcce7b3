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

WITH problem AS (
  SELECT campaign, league, unit, item_key, nullif(trim(found_by), '') AS ways
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE ledger = 'problems'
),
found AS (
  SELECT campaign, league, unit, item_key,
    unnest(coalesce(string_split(ways, '、'), [NULL])) AS found_by
  FROM problem
),
judged AS (
  SELECT *, starts_with(found_by, '自') AS is_own,
    bool_or(starts_with(found_by, '自')) OVER (PARTITION BY campaign, item_key) AS is_item_own
  FROM found
),
unit_count AS (
  SELECT campaign, unit,
    count(DISTINCT item_key) FILTER (found_by IS NOT NULL) AS stated_count,
    count(DISTINCT item_key) FILTER (is_item_own) AS own_count
  FROM judged GROUP BY ALL
),
counted AS (
  SELECT campaign, league, unit, found_by, is_own, count(*) AS item_count
  FROM judged GROUP BY ALL
)
SELECT
  counted.campaign, counted.league, counted.unit, counted.found_by, is_own, item_count,
  stated_count, own_count, share(own_count, stated_count) AS own_found_share
FROM counted
JOIN unit_count USING (campaign, unit)
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster USING (campaign, unit)
LEFT JOIN pack_class AS way
  ON way.campaign = counted.campaign AND way.axis = 'found_by' AND way.name = counted.found_by
ORDER BY counted.campaign, roster.position NULLS LAST, counted.unit, way.position NULLS LAST,
  counted.found_by NULLS LAST
