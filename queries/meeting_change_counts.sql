-- How much changed since the last meeting, and whose is it?
--
-- What `meeting_changes` lists, counted. The units are those with most of it first.
-- Example: 3 closed, 2 of them of 甲部: change_count 3, units 甲部, 乙部.
--
-- Parameters
--   $campaign         VARCHAR    campaign slug
--   $as_of            DATE       the day the question is asked
--   $known_at         TIMESTAMP  as it was known then (UTC); NULL means now
--   $before_on        DATE       the day of the state before
--   $before_known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit             VARCHAR[]  units; NULL means all
--   $league           VARCHAR    one league; NULL means all
--   $dimension        VARCHAR[]  dimensions of items; NULL means all
--   $post             VARCHAR    leader in charge; NULL means all
--
-- Returns one row per kind of change that happened
--   change        VARCHAR    as `meeting_changes` has it
--   change_count  BIGINT     things that changed so
--   units         VARCHAR[]  the units that answer for them, most first

WITH of_unit AS (
  SELECT change, unit, sum(alike_count) AS unit_count
  FROM meeting_change_tallied(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $before_on::DATE,
    $before_known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[],
    $post::VARCHAR)
  GROUP BY change, unit
)
SELECT change, sum(unit_count)::BIGINT AS change_count,
  coalesce(list(unit ORDER BY unit_count DESC, unit) FILTER (unit IS NOT NULL), []) AS units
FROM of_unit GROUP BY change ORDER BY change
