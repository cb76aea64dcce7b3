-- How many enterprises and projects of each kind were visited this week and this month?
--
-- Against the number that the document states and the number in the roster (E6). A kind counts
-- its parts too: the 53 above scale are among the 90 industrial firms. A week runs from Monday.
-- Example: 90 stated, 90 in the roster, 81 visited since Monday: week_share 0.9.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units that serve; NULL means all
--   $league    VARCHAR    one league of them; NULL means all
--   $post      VARCHAR    the leader who answers for the object; NULL means all
--
-- Returns one row per kind of the pack, one of objects of another kind, and one of all together
--   campaign             VARCHAR  campaign slug
--   kind                 VARCHAR  kind of object; 名册外 when no roster names them; NULL is all
--   part_of              VARCHAR  the kind it is part of; empty when it is none
--   stated_count         BIGINT   objects as the document states; NULL when it does not, or of some units only
--   listed_count         BIGINT   objects in the roster
--   week_count           BIGINT   of those, visited in the week of $as_of
--   week_share           DOUBLE   week_count / listed_count, 0 to 1; NULL when there is none
--   week_dispatch_count  BIGINT   of those, dispatched in the week of $as_of
--   month_count          BIGINT   of those, visited in the month of $as_of
--   never_count          BIGINT   of those, never visited
--   late_count           BIGINT   of those, without a visit for a week that is over, or more
--   late_weeks_max       BIGINT   weeks since the last visit of the one longest without
--   other_count          BIGINT   objects that no roster names
--   problem_count        BIGINT   problems of all of them; one that names several counts once
--   closed_count         BIGINT   of those, closed by the day
--   closed_share         DOUBLE   closed / problems, 0 to 1; NULL when there is none (B3)
--   overdue_count        BIGINT   problems overdue on the day

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $unit::VARCHAR[] AS units, $league::VARCHAR AS league_asked,
    $post::VARCHAR AS post_asked
),
served AS (
  FROM object_asked(
    (SELECT slug FROM asked), $as_of::DATE, $known_at::TIMESTAMP, (SELECT units FROM asked),
    (SELECT league_asked FROM asked), (SELECT post_asked FROM asked), NULL::VARCHAR)
),
member AS (
  SELECT *, coalesce(kind, '名册外') AS member_of FROM served
  UNION ALL SELECT *, part_of FROM served WHERE part_of <> ''
  UNION ALL SELECT *, NULL FROM served
),
counted AS (
  SELECT campaign, member_of AS kind,
    count(*) FILTER (is_listed) AS listed_count,
    count(*) FILTER (is_listed AND week_visit_count > 0) AS week_count,
    count(*) FILTER (is_listed AND week_dispatch_count > 0) AS week_dispatch_count,
    count(*) FILTER (is_listed AND month_visit_count > 0) AS month_count,
    count(*) FILTER (is_listed AND visit_count = 0) AS never_count,
    count(*) FILTER (is_listed AND unvisited_week_count > 0) AS late_count,
    max(unvisited_week_count) FILTER (is_listed) AS late_weeks_max,
    count(*) FILTER (NOT is_listed) AS other_count,
    list_distinct(flatten(list(problems))) AS told
  FROM member GROUP BY ALL
),
totalled AS (
  SELECT * EXCLUDE (told), len(told) AS problem_count,
    len(list_filter(told, lambda problem: problem.is_closed)) AS closed_count,
    len(list_filter(told, lambda problem: problem.is_overdue)) AS overdue_count
  FROM counted
),
stated AS (
  SELECT campaign, object_kind AS kind, part_of, stated_count, position FROM memory.main.pack_object_kind
  UNION ALL
  SELECT campaign, NULL, '', sum(stated_count) FILTER (part_of = '')::BIGINT, NULL
  FROM memory.main.pack_object_kind GROUP BY campaign
)
SELECT
  coalesce(stated.campaign, counted.campaign) AS campaign,
  coalesce(stated.kind, counted.kind) AS kind,
  coalesce(part_of, '') AS part_of,
  CASE WHEN coalesce(units::VARCHAR, league_asked, post_asked) IS NULL THEN stated_count END
    AS stated_count,
  coalesce(listed_count, 0) AS listed_count,
  coalesce(week_count, 0) AS week_count,
  share(week_count, listed_count) AS week_share,
  coalesce(week_dispatch_count, 0) AS week_dispatch_count,
  coalesce(month_count, 0) AS month_count,
  coalesce(never_count, 0) AS never_count,
  coalesce(late_count, 0) AS late_count,
  coalesce(late_weeks_max, 0) AS late_weeks_max,
  coalesce(other_count, 0) AS other_count,
  coalesce(problem_count, 0) AS problem_count,
  coalesce(closed_count, 0) AS closed_count,
  share(closed_count, problem_count) AS closed_share,
  coalesce(overdue_count, 0) AS overdue_count
FROM stated
FULL JOIN totalled AS counted
  ON counted.campaign = stated.campaign AND counted.kind IS NOT DISTINCT FROM stated.kind
CROSS JOIN asked
WHERE slug IS NULL OR coalesce(stated.campaign, counted.campaign) = slug
ORDER BY campaign, position NULLS LAST, kind NULLS LAST
