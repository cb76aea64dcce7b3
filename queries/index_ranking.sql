-- Where does each place stand in a composite index with open weights?
--
-- Each part is put on one scale within the circle of peers, lowest 0 and highest 100 (or z-scores),
-- and weighted (C4; OECD, JRC: Handbook on Constructing Composite Indicators, 2008). Parts that a
-- place has not published are named and left out of its mean; with less than half of the weight
-- it is not ranked.
-- Example: 100 and 50 points with weights 3 and 1 give 87.5.
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
-- Returns one row per index, scope and place, best first, the unranked last
--   campaign              VARCHAR    campaign slug
--   index                 VARCHAR    name
--   scope                 VARCHAR    circle of peers
--   place                 VARCHAR    place
--   is_own                BOOLEAN    the campaign's own place
--   score                 DOUBLE     the index
--   rank                  BIGINT     1 is best; NULL when less than half of the weight is there
--   is_tied               BOOLEAN    another place has the same rank
--   peer_count            BIGINT     places in the circle
--   published_count       BIGINT     those that are ranked
--   rank_change           BIGINT     places gained since the end of the month before
--   weight_share          DOUBLE     share of the weight that is published, 0 to 1
--   indicator_count       BIGINT     parts with a weight
--   missing_parts         VARCHAR[]  parts the place has not published
--   oldest_period_end_on  DATE       the oldest period a part is of
--   period_end_on         DATE       the newest
--   is_provisional        BOOLEAN    a part is provisional

WITH asked AS (
  SELECT $as_of::DATE AS as_of, $index::VARCHAR AS index_asked, $scope::VARCHAR AS scope_asked
),
standing AS (
  SELECT *, lag(rank) OVER (PARTITION BY campaign, index, scope, place ORDER BY as_of) AS rank_before
  FROM index_on(
    $campaign::VARCHAR,
    (SELECT [as_of, (date_trunc('month', as_of) - INTERVAL 1 DAY)::DATE] FROM asked),
    $known_at::TIMESTAMP, $method::VARCHAR, $weight::VARCHAR[])
)
SELECT campaign, index, scope, place, is_own, score, rank, is_tied, peer_count, published_count,
  rank_before - rank AS rank_change, weight_share, indicator_count, missing_parts,
  oldest_period_end_on, period_end_on, is_provisional
FROM standing JOIN asked USING (as_of)
WHERE (index_asked IS NULL OR index = index_asked) AND (scope_asked IS NULL OR scope = scope_asked)
ORDER BY campaign, index, scope_position, rank NULLS LAST, place
