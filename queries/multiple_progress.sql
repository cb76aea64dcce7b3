-- Are the multiples on their way?
--
-- Where each multiple should stand at its newest published period and at the end of the quarter
-- asked about (C8), on a path of even growth: base × multiple ^ (years passed / years in all). Of
-- a flow it is the year's number times the share of the year that has passed.
-- Example: twice 100 in five years: 100 × 2 ^ 0.2 = 114.9 at the end of the first.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per multiple
--   campaign             VARCHAR  campaign slug
--   name                 VARCHAR  name
--   indicator            VARCHAR  what is multiplied
--   unit_of_measure      VARCHAR  of its values
--   base_year            BIGINT   year it starts from
--   base_value           DOUBLE   value at its end
--   horizon_year         BIGINT   year it ends in
--   multiple             DOUBLE   times to reach
--   target_value         DOUBLE   base × multiple
--   growth_share         DOUBLE   even growth a year
--   quarter_end_on       DATE     end of the quarter asked about
--   quarter_value        DOUBLE   where it should stand then
--   period_end_on        DATE     newest published period; NULL for none
--   measure              VARCHAR  what the value says
--   value                DOUBLE   published value
--   expected_value       DOUBLE   where it should have stood at that period's end
--   gap_value            DOUBLE   value - expected
--   pace_share           DOUBLE   value / expected
--   multiple_reached     DOUBLE   value / base; NULL for a flow within the year
--   is_provisional       BOOLEAN  the figure is provisional
--   publisher            VARCHAR  who published it
--   upload               BIGINT   upload the row came in
--   sheet                VARCHAR  its sheet
--   row                  BIGINT   its row there
--   value_column         VARCHAR  the column the value stands in

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    last_day(date_trunc('quarter', $as_of::DATE) + INTERVAL 2 MONTH) AS quarter_end_on
),
newest AS (
  SELECT series.*
  FROM series_known(
    $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, '') AS series
  CROSS JOIN asked
  WHERE series.period_end_on <= last_day(as_of) AND series.value IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY series.campaign, series.indicator ORDER BY series.period_end_on DESC) = 1
),
judged AS (
  SELECT pack.*, asked.quarter_end_on, newest.period_end_on,
    coalesce(newest.measure, dictionary.measure) AS measure, newest.value,
    coalesce(newest.unit_of_measure, dictionary.unit_of_measure) AS unit_of_measure,
    newest.is_provisional, newest.publisher, newest.upload, newest.sheet, newest.row,
    newest.value_column,
    multiple_expected(coalesce(newest.measure, dictionary.measure), pack.base_value,
      pack.multiple, pack.base_year, pack.horizon_year, asked.quarter_end_on) AS quarter_value,
    multiple_expected(newest.measure, pack.base_value, pack.multiple, pack.base_year,
      pack.horizon_year, newest.period_end_on) AS expected_value
  FROM memory.main.pack_multiple AS pack CROSS JOIN asked
  LEFT JOIN newest
    ON newest.campaign = pack.campaign AND newest.indicator = pack.indicator
  LEFT JOIN memory.main.pack_indicator AS dictionary
    ON dictionary.campaign = pack.campaign AND dictionary.indicator = pack.indicator
  WHERE slug IS NULL OR pack.campaign = slug
)
SELECT campaign, name, indicator, unit_of_measure, base_year, base_value, horizon_year, multiple,
  base_value * multiple AS target_value,
  multiple ** (1.0 / (horizon_year - base_year)) - 1 AS growth_share,
  quarter_end_on, quarter_value, period_end_on, measure, value, expected_value,
  value - expected_value AS gap_value, value / nullif(expected_value, 0) AS pace_share,
  CASE WHEN measure = '期末' OR month(period_end_on) = 12
    THEN value / nullif(base_value, 0) END AS multiple_reached,
  is_provisional, publisher, upload, sheet, row, value_column
FROM judged
ORDER BY campaign, position
