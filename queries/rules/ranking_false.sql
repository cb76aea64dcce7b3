-- Which rankings handed in did a check find false?
--
-- D15, D16: the lead units' rankings are spot-checked; where a row was found false (不属实) the one
-- who handed the ranking in answers for it. It is an event: it stays until it has been dealt with.
-- Example: two of the six rows checked of 进企业 of June were found false: one finding, two rows.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $scopes    VARCHAR[]  rankings that are looked at, as 主题活动, 工作形式
--
-- Returns one row per row found false
--   subject         VARCHAR  the work and its quarter
--   detail          VARCHAR  the work
--   unit            VARCHAR  who handed the ranking in
--   since_on        DATE     the day of the first such check; without one the ranking's own
--   until_on        DATE     always NULL
--   measured_value  DOUBLE   rows found false
--   threshold       DOUBLE   rows checked
--   remark          VARCHAR  always NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH checked AS (
  SELECT *, coalesce(checked_on, ranked_on) AS found_on
  FROM rank_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND list_contains($scopes::VARCHAR[], scope)
    AND is_confirmed IS NOT NULL AND coalesce(checked_on, ranked_on) <= $as_of::DATE
),
counted AS (
  SELECT *, min(found_on) FILTER (NOT is_confirmed) OVER ranking AS since_on,
         count(*) FILTER (NOT is_confirmed) OVER ranking AS false_count,
         count(*) OVER ranking AS checked_count
  FROM checked
  WINDOW ranking AS (PARTITION BY work, scope, published_by, ranked_on)
)
SELECT
  concat_ws('·', published_by, work, strftime(ranked_on, '%Y年%-m月%-d日')) AS subject,
  work AS detail, published_by AS unit, since_on, NULL::DATE AS until_on,
  false_count::DOUBLE AS measured_value, checked_count::DOUBLE AS threshold,
  NULL::VARCHAR AS remark, upload, sheet, row
FROM counted WHERE NOT is_confirmed
ORDER BY since_on, subject, row
