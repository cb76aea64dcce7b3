-- Which indicators are behind their pace?
--
-- D7 (2): where the ideal of the day is not met and the value is less than $pace of it, or no ratio
-- can say it (queries/indicator_progress.sql). Found since the end of the first such period, until
-- the end of the first that is not; a period without a figure says nothing.
-- Example: 40 of 60 by the end of September, $pace 0.9: 0.667 / 0.748 = 0.89, found since then.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $pace      DOUBLE     share of the ideal pace that is enough
--
-- Returns one row per period behind, one after the other
--   subject         VARCHAR  indicator
--   detail          VARCHAR  its group; NULL for none
--   unit            VARCHAR  unit the list names, else the pack's owner; NULL when nobody is named
--   since_on        DATE     last day of the first period behind
--   until_on        DATE     last day of the first period that is not; NULL while there is none
--   measured_value  DOUBLE   share of the ideal pace in the newest period; NULL where none can be said
--   threshold       DOUBLE   $pace
--   remark          VARCHAR  provisional; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH figure AS (
  SELECT grown.*, dictionary."group", dictionary.owner, dictionary.start_on,
    coalesce(dictionary.direction, 'up') AS direction,
    coalesce(dictionary.is_target_growth, false) AND grown.target_value IS NULL AS is_growth,
    coalesce(grown.target_value, CASE
      WHEN year(period_end_on) BETWEEN year(pack_campaign.start_on) AND year(pack_campaign.end_on)
      THEN dictionary.target END) AS target,
    coalesce(dictionary.start_value, value_at_new_year) AS start_stand,
    make_date(year(period_end_on), 12, 31) AS year_end,
    pace_kind(grown.measure, grown.unit_of_measure, is_growth) AS kind
  FROM series_grown(
    $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, ''
  ) AS grown
  JOIN memory.main.pack_campaign AS pack_campaign ON pack_campaign.campaign = grown.campaign
  LEFT JOIN memory.main.pack_indicator AS dictionary
    ON dictionary.campaign = grown.campaign AND dictionary.indicator = grown.indicator
  LEFT JOIN memory.main.pack_place AS place
    ON place.campaign = grown.campaign AND place.place = grown.place
  WHERE grown.campaign = $campaign::VARCHAR AND period_end_on <= $as_of::DATE
    AND (grown.place = '' OR place.is_own)
),
stood AS (
  SELECT *,
    CASE
      WHEN kind = 'flow' THEN total
      WHEN kind <> 'growth' OR measure IN ('同比', '累计同比') THEN value
      ELSE 100 * coalesce(reported_growth_share, growth_share) END AS stand,
    CASE
      WHEN start_on IS NULL THEN dayofyear(period_end_on) / dayofyear(year_end)
      ELSE greatest(0, least(1, (period_end_on - start_on) / nullif(year_end - start_on, 0)))
    END AS passed_share
  FROM figure
),
paced AS (
  SELECT *, pace_share(kind, stand, target, start_stand, passed_share, direction) AS pace,
    coalesce(
      pace_met(stand, pace_ideal(kind, target, start_stand, passed_share, direction), direction),
      CASE WHEN pace_met(stand, target, direction) THEN true END) AS is_met
  FROM stood
),
judged AS (
  SELECT *, pace_light(is_met, pace, $pace::DOUBLE, $pace::DOUBLE) = 'red' AS is_behind
  FROM paced
),
counted AS (
  SELECT *, count(*) FILTER (NOT is_behind) OVER earlier AS run,
         min(period_end_on) FILTER (NOT is_behind) OVER later AS until_on
  FROM judged WHERE is_behind IS NOT NULL
  WINDOW earlier AS (PARTITION BY indicator ORDER BY period_end_on),
    later AS (PARTITION BY indicator ORDER BY period_end_on
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
)
SELECT
  indicator AS subject, "group" AS detail, coalesce(unit, owner) AS unit,
  min(period_end_on) OVER runs AS since_on, until_on,
  last_value(pace) OVER runs AS measured_value, $pace::DOUBLE AS threshold,
  CASE WHEN is_provisional THEN '初步数' END AS remark, upload, sheet, row
FROM counted WHERE is_behind
WINDOW runs AS (PARTITION BY indicator, run ORDER BY period_end_on
  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY since_on, subject, period_end_on
