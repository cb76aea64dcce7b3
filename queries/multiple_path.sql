-- How did each multiple move against its path, quarter by quarter?
--
-- From the base year's end to the horizon; a quarter without a figure has no value (C8).
-- Example: twice 100 in five years should stand at 103.5 after the first quarter.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per multiple and quarter
--   campaign        VARCHAR  campaign slug
--   name            VARCHAR  name
--   quarter_end_on  DATE     last day of the quarter
--   expected_value  DOUBLE   where it should stand
--   value           DOUBLE   published value; NULL for none

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of),
quarter AS (
  SELECT pack.*, coalesce(dictionary.measure, '期末') AS measure,
    last_day(unnest(range(make_date(base_year, 12, 1), make_date(horizon_year + 1, 1, 1),
      INTERVAL 3 MONTH))::DATE) AS quarter_end_on
  FROM memory.main.pack_multiple AS pack
  LEFT JOIN memory.main.pack_indicator AS dictionary
    ON dictionary.campaign = pack.campaign AND dictionary.indicator = pack.indicator
),
published AS (
  SELECT series.campaign, series.indicator, series.period_end_on, series.value
  FROM series_known(
    $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, '') AS series
  CROSS JOIN asked
  WHERE series.period_end_on <= last_day(as_of)
)
SELECT quarter.campaign, quarter.name, quarter_end_on,
  CASE WHEN quarter_end_on = make_date(base_year, 12, 31) THEN base_value
    ELSE multiple_expected(measure, base_value, multiple, base_year, horizon_year, quarter_end_on)
  END AS expected_value, published.value
FROM quarter CROSS JOIN asked
LEFT JOIN published
  ON published.campaign = quarter.campaign AND published.indicator = quarter.indicator
 AND published.period_end_on = quarter_end_on
WHERE slug IS NULL OR quarter.campaign = slug
ORDER BY quarter.campaign, quarter.position, quarter_end_on
