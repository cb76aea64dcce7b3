-- For whom, and how often, would a rule have fired in the past months?
--
-- Tried before it is switched on, or with other limits than the pack's: nothing is kept of it and
-- nobody is told. Months are those in which a finding began.
-- Example: with 15 days instead of 30, 招商部 would have had 4 findings, 2 of them open on the day:
-- by unit finding_count 4, holding_count 2.
--
-- Scope: closed
--
-- Parameters
--   $campaign  VARCHAR  campaign slug
--   $as_of     DATE     the day the question is asked
--   $rule      VARCHAR  rule of the pack, switched on or off
--   $limits    VARCHAR  its limits as JSON, {"days": 15}; those left out, or NULL, are the pack's
--   $by        VARCHAR  month or unit: what is counted by
--
-- Returns one row per month in order, or per unit, most findings first
--   name                 VARCHAR    month, YYYY-MM, or unit; NULL where no unit answers for it
--   finding_count        BIGINT     findings that began in the month, or of the unit
--   holding_count        BIGINT     of those, still holding on the day
--   all_finding_count    BIGINT     findings of all rows
--   all_holding_count    BIGINT     of those, still holding on the day
--   all_unit_count       BIGINT     units with at least one finding
--   subjects             VARCHAR[]  whom or what they are about

WITH finding AS (
  SELECT *, until_on IS NULL OR until_on > $as_of::DATE AS is_holding,
         CASE WHEN $by::VARCHAR = 'unit' THEN unit ELSE strftime(since_on, '%Y-%m') END AS name
  FROM finding_tried(
    $campaign::VARCHAR, $as_of::DATE, $rule::VARCHAR, coalesce($limits::VARCHAR, '{}'))
),
counted AS (
  SELECT name, count(*) AS finding_count, count(*) FILTER (is_holding) AS holding_count,
         list(subject ORDER BY since_on, subject) AS subjects
  FROM finding GROUP BY name
),
overall AS (
  SELECT count(*) AS all_finding_count, count(*) FILTER (is_holding) AS all_holding_count,
         count(DISTINCT unit) AS all_unit_count
  FROM finding
)
SELECT name, finding_count, holding_count, all_finding_count, all_holding_count, all_unit_count,
  subjects
FROM counted CROSS JOIN overall
ORDER BY CASE WHEN $by::VARCHAR = 'unit' THEN -finding_count END, name
