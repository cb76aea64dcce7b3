-- Who moved ahead and who fell behind in the quarter, the units of a league side by side?
--
-- A9, quarterly stock-taking and lateral comparison: each unit's closed share on $as_of against
-- that at the end of the quarter before. closed_change is net: what was reopened is taken off.
-- Example: 8 of 10 due closed now, 5 of 10 at the end of June: share_change 0.3.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  units; NULL means all
--   $league     VARCHAR    one league; NULL means each league by itself
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    leader in charge; NULL means all
--
-- Returns one row per unit, by league, best first
--   campaign          VARCHAR  campaign slug
--   league            VARCHAR  its league
--   unit              VARCHAR  unit
--   due_count         BIGINT   items due on the day
--   closed_due_count  BIGINT   of those, closed
--   closed_share      DOUBLE   closed / due; NULL when nothing was due
--   previous_share    DOUBLE   the same at the end of the quarter before
--   share_change      DOUBLE   the difference of the two
--   closed_change     BIGINT   items closed on the day, less those at the end of the quarter before
--   overdue_count     BIGINT   items overdue on the day
--   rank              BIGINT   1 is best; NULL with too few due items
--   rank_change       BIGINT   places gained since the end of the quarter before

WITH asked AS (
  SELECT $as_of::DATE AS as_of, (date_trunc('quarter', $as_of::DATE) - INTERVAL 1 DAY)::DATE AS before
),
standing AS (
  FROM unit_standing(
    $campaign::VARCHAR, (SELECT [as_of, before] FROM asked), $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
)
SELECT
  now.campaign, now.league, now.unit, now.due_count, now.closed_due_count, now.closed_share,
  earlier.closed_share AS previous_share, now.closed_share - earlier.closed_share AS share_change,
  now.closed_count - earlier.closed_count AS closed_change, now.overdue_count,
  now.rank, earlier.rank - now.rank AS rank_change
FROM standing AS now
CROSS JOIN asked
JOIN standing AS earlier
  ON earlier.campaign = now.campaign AND earlier.unit = now.unit AND earlier.as_of = before
WHERE now.as_of = asked.as_of
ORDER BY now.campaign, now.league, now.rank NULLS LAST, now.position
