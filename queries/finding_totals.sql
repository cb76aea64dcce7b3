-- How many findings are there, how grave, how new, and whose are most of them?
--
-- Family D: what `rule_findings` lists, counted. Waiting are the open ones that ask for something: all
-- but those to be commended. The worst are the red ones, or all that wait where none is red.
-- Example: 2 red findings of 甲部 and 1 of 乙部, an amber one of 丙部: red_count 3, amber_count 1,
-- worst_units 甲部, worst_unit_count 2.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units that answer for it; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge; NULL means all
--   $first_on  DATE       of those that are not open only what began on or after it and was neither
--                         withdrawn nor is gone; NULL means all
--   $by        VARCHAR    what $name is: unit, post, consequence or rule
--   $name      VARCHAR    only what `finding_counts` counts under it, empty: under none; NULL means all
--
-- Returns one row
--   open_count        BIGINT     findings still to be dealt with
--   done_count        BIGINT     all others
--   red_count         BIGINT     of the open ones, red
--   amber_count       BIGINT     of those, amber
--   blue_count        BIGINT     of those, to be looked at
--   good_count        BIGINT     of those, to be commended
--   new_count         BIGINT     waiting, found since a day of the month asked about
--   untaken_count     BIGINT     waiting, not even acknowledged
--   oldest_days       BIGINT     days since the oldest of those that wait was found; NULL when none does
--   worst_units       VARCHAR[]  the units with most of the worst
--   worst_unit_count  BIGINT     how many of the worst each of them has; NULL when no unit has any

WITH finding AS (
  SELECT found.*, is_open AND level <> 'good' AS is_waiting
  FROM finding_tallied($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS found
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = found.campaign AND roster.unit = found.unit
  WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], found.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
    AND ($first_on::DATE IS NULL OR is_open
      OR (since_on >= $first_on::DATE AND status NOT IN ('withdrawn', 'gone')))
    AND ($name::VARCHAR IS NULL OR $name::VARCHAR = coalesce(finding_group(
      $by::VARCHAR, found.unit, roster.leader_post, consequence, found.rule), ''))
),
counted AS (
  SELECT
    tallied(alike_count, is_open) AS open_count, tallied(alike_count, NOT is_open) AS done_count,
    tallied(alike_count, is_open AND level = 'red') AS red_count,
    tallied(alike_count, is_open AND level = 'amber') AS amber_count,
    tallied(alike_count, is_open AND level = 'blue') AS blue_count,
    tallied(alike_count, is_open AND level = 'good') AS good_count,
    tallied(alike_count, is_waiting
      AND since_on BETWEEN date_trunc('month', $as_of::DATE) AND $as_of::DATE) AS new_count,
    tallied(alike_count, is_waiting AND status = 'raised') AS untaken_count,
    max(CASE WHEN is_waiting THEN $as_of::DATE - since_on END) AS oldest_days
  FROM finding
),
of_unit AS (
  SELECT unit, tallied(alike_count, true) AS worst_count,
    min((list_position(['red', 'amber', 'blue'], level), since_on, rule_position)) AS first_place
  FROM finding CROSS JOIN counted
  WHERE is_waiting AND unit IS NOT NULL AND (level = 'red' OR red_count = 0)
  GROUP BY unit
  QUALIFY worst_count = max(worst_count) OVER ()
),
worst AS (
  SELECT coalesce(list(unit ORDER BY first_place, unit), []) AS worst_units,
    max(worst_count) AS worst_unit_count
  FROM of_unit
)
SELECT counted.*, worst.* FROM counted CROSS JOIN worst
