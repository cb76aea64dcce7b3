-- Where does each indicator stand against its annual target?
--
-- Cumulative values month by month (C5). The target is the list's own, else the pack's.
-- schedule_share is the elapsed share of the year at the month's end.
-- growth_share compares with the same month of the year before where that was reported.
-- Example: 45 of 60 by the end of September: achieved_share 0.75, schedule_share 273/365.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all
--
-- Returns one row per indicator and month
--   campaign         VARCHAR  campaign slug
--   indicator        VARCHAR  name
--   task             VARCHAR  number of the task it is attached to; NULL for none
--   month            VARCHAR  YYYY-MM
--   value            DOUBLE   cumulative value
--   unit_of_measure  VARCHAR  of value and target
--   target           DOUBLE   annual target
--   achieved_share   DOUBLE   value / target, 0 to 1 and above
--   schedule_share   DOUBLE   elapsed share of the year, 0 to 1
--   growth_share     DOUBLE   value / value a year before - 1
--   upload           BIGINT   upload the row came in
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of, $indicator::VARCHAR AS indicator_asked
),
reported AS (
  SELECT figure.campaign, figure.indicator, figure.period_end_on, figure.value,
    figure.unit_of_measure, coalesce(figure.target_value, pack_indicator.target) AS target,
    pack_indicator.task, pack_indicator.position, figure.upload, sheet, row
  FROM figure_known($known_at::TIMESTAMP) AS figure
  CROSS JOIN asked
  LEFT JOIN pack_indicator USING (campaign, indicator)
  LEFT JOIN pack_place USING (campaign, place)
  WHERE figure.period_end_on <= last_day(as_of) AND (slug IS NULL OR figure.campaign = slug)
    AND (indicator_asked IS NULL OR figure.indicator = indicator_asked)
    AND figure.frequency = coalesce(pack_indicator.frequency, figure.frequency)
    AND figure.measure = coalesce(pack_indicator.measure, figure.measure)
    AND (figure.place = '' OR pack_place.is_own)
)
SELECT
  reported.campaign, reported.indicator, reported.task, strftime(reported.period_end_on, '%Y-%m') AS month,
  reported.value, reported.unit_of_measure, reported.target,
  reported.value / nullif(reported.target, 0) AS achieved_share,
  dayofyear(reported.period_end_on)
    / dayofyear(make_date(year(reported.period_end_on), 12, 31)) AS schedule_share,
  reported.value / nullif(before.value, 0) - 1 AS growth_share,
  reported.upload, reported.sheet, reported.row
FROM reported LEFT JOIN reported AS before
  ON before.campaign = reported.campaign AND before.indicator = reported.indicator
 AND last_day(reported.period_end_on - INTERVAL 1 YEAR) = before.period_end_on
ORDER BY reported.campaign, reported.position NULLS LAST, reported.indicator, month
