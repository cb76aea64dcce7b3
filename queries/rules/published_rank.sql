-- Which appraisals by others have placed us between these ranks?
--
-- D21, C9: the newest rank of each year, as published, of the pack's indicators of a group: poor
-- ones are reviewed before the annual conference, good ones commended. Who answers is the unit the
-- list or the pack names. Found since the period's end, until that of the next year's rank.
-- Example: third in 2022 with 1 to 3 asked about: found since 31 December 2022.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $group      VARCHAR    group of indicators in the pack
--   $from_rank  INTEGER    the first of the ranks looked for
--   $to_rank    INTEGER    the last of them
--
-- Returns one row per appraisal and year
--   subject         VARCHAR  appraisal and year
--   detail          VARCHAR  appraisal
--   unit            VARCHAR  unit that answers for it; NULL when nobody is named
--   since_on        DATE     last day of the period
--   until_on        DATE     last day of the next one ranked; NULL while there is none
--   measured_value  DOUBLE   rank as published
--   threshold       DOUBLE   the limit that is not 1
--   remark          VARCHAR  provisional, and the places gained or lost since the one before; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH figure AS (
  SELECT figures.*, coalesce(figures.unit, dictionary.owner) AS answering
  FROM figure_known(
    $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, ''
  ) AS figures
  JOIN memory.main.pack_indicator AS dictionary
    ON dictionary.campaign = figures.campaign AND dictionary.indicator = figures.indicator
   AND dictionary."group" = $group::VARCHAR
  LEFT JOIN memory.main.pack_place AS place
    ON place.campaign = figures.campaign AND place.place = figures.place
  WHERE figures.campaign = $campaign::VARCHAR AND figures.measure = '位次'
    AND figures.value IS NOT NULL AND period_end_on <= $as_of::DATE
    AND (figures.place = '' OR place.is_own)
  QUALIFY row_number() OVER (
    PARTITION BY figures.indicator, year(period_end_on) ORDER BY period_end_on DESC) = 1
),
ranked AS (
  SELECT *, lag(value) OVER history - value AS gained_places,
         lead(period_end_on) OVER history AS next_on
  FROM figure WINDOW history AS (PARTITION BY indicator ORDER BY period_end_on)
)
SELECT
  indicator || '·' || year(period_end_on) || '年' AS subject, indicator AS detail,
  answering AS unit, period_end_on AS since_on, next_on AS until_on, value AS measured_value,
  CASE WHEN $from_rank::INTEGER > 1 THEN $from_rank::INTEGER ELSE $to_rank::INTEGER END::DOUBLE
    AS threshold,
  nullif(concat_ws('；',
    CASE WHEN gained_places > 0 THEN '比上年前移' || gained_places::BIGINT || '位'
         WHEN gained_places < 0 THEN '比上年后移' || (-gained_places)::BIGINT || '位' END,
    CASE WHEN is_provisional THEN '初步数' END), '') AS remark,
  upload, sheet, row
FROM ranked WHERE value BETWEEN $from_rank::INTEGER AND $to_rank::INTEGER
ORDER BY since_on, subject
