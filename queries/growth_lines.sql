-- Where do the low, middle and high line lead, ours and the neighbours'?
--
-- Whole years as published (line 实绩), then each line from its place's last year to the horizon:
-- value × (1 + growth) ^ years (C7). The low line goes on at the mean growth of past years,
-- (last / first) ^ (1 / years) - 1.
-- Example: 100 in 2020 at 10 % is 121 in 2022, 1.21 times its base.
--
-- Scope: open
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all with lines
--   $growth     VARCHAR[]  other growths, as place/line=0.08; NULL means the pack's
--
-- Returns one row per indicator, place, line and year
--   campaign         VARCHAR  campaign slug
--   indicator        VARCHAR  name
--   place            VARCHAR  place
--   is_own           BOOLEAN  the campaign's own place
--   line             VARCHAR  实绩, 低线, 中线 or 高线
--   year             BIGINT   year
--   value            DOUBLE   value at its end
--   unit_of_measure  VARCHAR  of the value
--   growth_share     DOUBLE   of a line: growth a year; of 实绩: over the year before
--   past_years       BIGINT   years whose mean growth goes on; NULL for a stated growth
--   base_year        BIGINT   last published year of the place
--   horizon_year     BIGINT   year the line ends in; NULL for 实绩
--   multiple         DOUBLE   value / value of the base year
--   multiple_of_own  DOUBLE   value / our own in the same year on the same line
--   is_changed       BOOLEAN  the growth is not the pack's
--   is_provisional   BOOLEAN  the figure is provisional
--   publisher        VARCHAR  who published it
--   upload           BIGINT   upload the row came in
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there
--   value_column     VARCHAR  the column the value stands in

WITH line AS MATERIALIZED (
  FROM growth_line(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $growth::VARCHAR[],
    $indicator::VARCHAR)
),
yearly AS (
  SELECT DISTINCT campaign, indicator, place, is_own, base_year, base_value,
    unnest(history) AS told
  FROM line
),
told AS (
  SELECT campaign, indicator, place, is_own, '实绩' AS line, told.year AS year,
    told.value AS value, told.unit_of_measure AS unit_of_measure,
    CASE WHEN lag(told.year) OVER years = told.year - 1
      THEN told.value / nullif(lag(told.value) OVER years, 0) - 1 END AS growth_share,
    NULL::BIGINT AS past_years, base_year, NULL::BIGINT AS horizon_year, base_value,
    false AS is_changed, told.is_provisional AS is_provisional, told.publisher AS publisher,
    told.upload AS upload, told.sheet AS sheet, told.row AS row,
    told.value_column AS value_column, 0 AS position
  FROM yearly
  WINDOW years AS (PARTITION BY campaign, indicator, place ORDER BY told.year)
  UNION ALL
  SELECT campaign, indicator, place, is_own, line, year,
    base_value * (1 + growth_share) ** (year - base_year), unit_of_measure, growth_share,
    past_years, base_year, horizon_year, base_value, is_changed,
    NULL, NULL, NULL, NULL, NULL, NULL, position
  FROM (SELECT *, unnest(range(base_year, horizon_year + 1)) AS year FROM line)
  WHERE growth_share IS NOT NULL
)
SELECT told.campaign, told.indicator, told.place, told.is_own, told.line, told.year, told.value,
  told.unit_of_measure, told.growth_share, told.past_years, told.base_year, told.horizon_year,
  told.value / nullif(told.base_value, 0) AS multiple,
  told.value / nullif(own.value, 0) AS multiple_of_own, told.is_changed, told.is_provisional,
  told.publisher, told.upload, told.sheet, told.row, told.value_column
FROM told
LEFT JOIN told AS own
  ON own.campaign = told.campaign AND own.indicator = told.indicator AND own.is_own
 AND own.line = told.line AND own.year = told.year
ORDER BY told.campaign, told.indicator, told.is_own DESC, told.place, told.position, told.year
