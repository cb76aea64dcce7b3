-- How many points does each unit stand at?
--
-- D14: what was given and taken by the day, with how often. No rank: the text does not say how
-- points are reckoned, and units of one league are not measured by them alone.
-- Example: 5 and 3 given, 2 taken: balance 6, given 8, taken 2.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       points given by this day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per unit of the roster, most points first
--   league       VARCHAR  league
--   unit         VARCHAR  unit
--   balance      DOUBLE   points; 0 without an entry
--   given        DOUBLE   points given
--   taken        DOUBLE   points taken, as a positive number
--   entry_count  BIGINT   entries
--   month_points DOUBLE   of the balance, what the month of $as_of brought
--   last_on      DATE     day of the last entry; NULL without one

WITH entry AS (
  FROM points_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND given_on <= $as_of::DATE
)
SELECT
  roster.league, roster.unit, coalesce(sum(points), 0) AS balance,
  coalesce(sum(points) FILTER (points > 0), 0) AS given,
  coalesce(-sum(points) FILTER (points < 0), 0) AS taken, count(points) AS entry_count,
  coalesce(sum(points) FILTER (given_on >= date_trunc('month', $as_of::DATE)), 0) AS month_points,
  max(given_on) AS last_on
FROM unit_known($known_at::TIMESTAMP) AS roster
LEFT JOIN entry ON entry.unit = roster.unit
WHERE roster.campaign = $campaign::VARCHAR
  AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], roster.unit))
  AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
GROUP BY roster.league, roster.unit, roster.position
ORDER BY roster.league, balance DESC, roster.position
