-- How many findings are there, new and from before, by unit, leader, consequence or rule?
--
-- Family D: what is open on the day; new are those found since a day of its month. Findings to be
-- commended are counted like the others, under their own level.
-- Example: of 5 open findings of 招商部 2 were found in September; the oldest stands since 1 June:
-- asked on 30 September open_count 5, new_count 2, oldest_days 121.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $by        VARCHAR    unit, post, consequence or rule: what they are counted by
--   $unit      VARCHAR[]  units that answer for it; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge; NULL means all
--
-- Returns one row per unit, post, consequence or rule, most red first
--   name           VARCHAR  what is counted by; NULL for findings that no unit answers for
--   open_count     BIGINT   findings still to be dealt with
--   red_count      BIGINT   of those, red
--   amber_count    BIGINT   of those, amber
--   blue_count     BIGINT   of those, to be looked at
--   good_count     BIGINT   of those, to be commended
--   new_count      BIGINT   of those, found in the month of the day
--   untaken_count  BIGINT   of those, not even acknowledged
--   ended_count    BIGINT   dealt with or ended in the month of the day
--   oldest_days    BIGINT   days since the oldest open one was found; NULL when none is open

WITH finding AS (
  SELECT found.*,
         finding_group($by::VARCHAR, found.unit, roster.leader_post, consequence, rule) AS name
  FROM finding_tallied($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS found
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = found.campaign AND roster.unit = found.unit
  WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], found.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
)
SELECT
  name, tallied(alike_count, is_open) AS open_count,
  tallied(alike_count, is_open AND level = 'red') AS red_count,
  tallied(alike_count, is_open AND level = 'amber') AS amber_count,
  tallied(alike_count, is_open AND level = 'blue') AS blue_count,
  tallied(alike_count, is_open AND level = 'good') AS good_count,
  tallied(alike_count, is_open AND since_on >= date_trunc('month', $as_of::DATE)) AS new_count,
  tallied(alike_count, status = 'raised') AS untaken_count,
  tallied(alike_count, is_ended_lately) AS ended_count,
  max(CASE WHEN is_open THEN $as_of::DATE - since_on END) AS oldest_days
FROM finding
GROUP BY name
HAVING open_count > 0 OR ended_count > 0
ORDER BY red_count DESC, open_count DESC, name
