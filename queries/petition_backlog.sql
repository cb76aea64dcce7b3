-- How much of the stock of old petitions (积案) is resolved, and to whose satisfaction?
--
-- B9. The stock is every petition marked as an old matter by $as_of. Resolved means settled and
-- said to be resolved; a matter settled otherwise is closed, not resolved.
-- Example: 16 in stock, 9 resolved, of 7 who said 5 satisfied: resolved_share 9/16, satisfied_share 5/7.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per total and lead unit, the most open first
--   campaign         VARCHAR  campaign slug
--   grouped_by       VARCHAR  total or unit
--   unit             VARCHAR  lead unit; NULL in the total
--   stock_count      BIGINT   old matters taken up by the day
--   closed_count     BIGINT   settled by the day
--   resolved_count   BIGINT   settled and resolved
--   resolved_share   DOUBLE   resolved / stock, 0 to 1
--   rated_count      BIGINT   settled and rated
--   satisfied_count  BIGINT   settled and rated satisfied
--   satisfied_share  DOUBLE   satisfied / rated, 0 to 1; NULL when none was rated
--   open_count       BIGINT   not settled by the day
--   overdue_count    BIGINT   deadline passed and not settled

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $unit::VARCHAR[] AS units,
    $league::VARCHAR AS league_asked, $post::VARCHAR AS post_asked
),
counted AS (
  SELECT petition.campaign,
    CASE WHEN grouping(petition.unit) = 0 THEN 'unit' ELSE 'total' END AS grouped_by,
    petition.unit,
    count(*) AS stock_count,
    count(*) FILTER (is_closed) AS closed_count,
    count(*) FILTER (is_closed AND is_resolved) AS resolved_count,
    count(is_satisfied) FILTER (is_closed) AS rated_count,
    count(*) FILTER (is_closed AND is_satisfied) AS satisfied_count,
    count(*) FILTER (is_overdue) AS overdue_count
  FROM petition_on($as_of::DATE, $known_at::TIMESTAMP) AS petition
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = petition.campaign AND roster.unit = petition.unit
  CROSS JOIN asked
  WHERE petition.is_backlog AND (slug IS NULL OR petition.campaign = slug)
    AND (units IS NULL OR list_contains(units, petition.unit))
    AND (league_asked IS NULL OR roster.league = league_asked)
    AND (post_asked IS NULL OR roster.leader_post = post_asked)
  GROUP BY GROUPING SETS ((petition.campaign), (petition.campaign, petition.unit))
)
SELECT
  campaign, grouped_by, unit, stock_count, closed_count, resolved_count,
  share(resolved_count, stock_count) AS resolved_share, rated_count, satisfied_count,
  share(satisfied_count, rated_count) AS satisfied_share,
  stock_count - closed_count AS open_count, overdue_count
FROM counted
ORDER BY campaign, grouped_by, open_count DESC, stock_count DESC, unit
