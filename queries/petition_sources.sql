-- What came of the petitions that were assigned from above, and of each kind of claim?
--
-- B9: assigned cases by who assigned them (交办来源), old matters included; S3's four kinds of
-- petitioners with their four disposals (处置类别). A petition with several of them counts for each;
-- one without counts for none. Every class of the pack is listed, also those without a petition.
-- Example: 3 assigned by 中央信联办, 2 closed: closed_share 2/3.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per source and kind of claim, in the pack's order, unlisted ones last
--   campaign         VARCHAR  campaign slug
--   axis             VARCHAR  assigned_by or disposal
--   name             VARCHAR  who assigned it, or the kind of claim
--   petition_count   BIGINT   petitions registered by the day
--   closed_count     BIGINT   settled by the day
--   closed_share     DOUBLE   closed / petitions, 0 to 1; NULL when there are none
--   resolved_count   BIGINT   settled and resolved
--   rated_count      BIGINT   settled and rated
--   satisfied_count  BIGINT   settled and rated satisfied
--   satisfied_share  DOUBLE   satisfied / rated, 0 to 1; NULL when none was rated
--   overdue_count    BIGINT   deadline passed and not settled

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $unit::VARCHAR[] AS units,
    $league::VARCHAR AS league_asked, $post::VARCHAR AS post_asked
),
petition AS (
  SELECT petition.*
  FROM petition_on($as_of::DATE, $known_at::TIMESTAMP) AS petition
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = petition.campaign AND roster.unit = petition.unit
  CROSS JOIN asked
  WHERE (slug IS NULL OR petition.campaign = slug)
    AND (units IS NULL OR list_contains(units, petition.unit))
    AND (league_asked IS NULL OR roster.league = league_asked)
    AND (post_asked IS NULL OR roster.leader_post = post_asked)
),
named AS (
  SELECT *, 'assigned_by' AS axis, unnest(string_split(assigned_by, '、')) AS name FROM petition
  UNION ALL
  SELECT *, 'disposal', unnest(string_split(disposal, '、')) FROM petition
),
counted AS (
  SELECT campaign, axis, name,
    count(*) AS petition_count,
    count(*) FILTER (is_closed) AS closed_count,
    count(*) FILTER (is_closed AND is_resolved) AS resolved_count,
    count(is_satisfied) FILTER (is_closed) AS rated_count,
    count(*) FILTER (is_closed AND is_satisfied) AS satisfied_count,
    count(*) FILTER (is_overdue) AS overdue_count
  FROM named GROUP BY ALL
),
listed AS (
  SELECT campaign, axis, name, position FROM memory.main.pack_class CROSS JOIN asked
  WHERE axis IN ('assigned_by', 'disposal') AND (slug IS NULL OR campaign = slug)
)
SELECT
  campaign, axis, name, coalesce(petition_count, 0) AS petition_count,
  coalesce(closed_count, 0) AS closed_count, share(closed_count, petition_count) AS closed_share,
  coalesce(resolved_count, 0) AS resolved_count, coalesce(rated_count, 0) AS rated_count,
  coalesce(satisfied_count, 0) AS satisfied_count,
  share(satisfied_count, rated_count) AS satisfied_share,
  coalesce(overdue_count, 0) AS overdue_count
FROM counted FULL JOIN listed USING (campaign, axis, name)
ORDER BY campaign, axis, position NULLS LAST, name
