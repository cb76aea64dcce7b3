-- Where do others place us in their appraisals?
--
-- Ranks as published (C9), never reckoned here; the change is against the rank published before.
-- Example: third in 2019 and second in 2020 is one place gained.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per appraisal, place and period, newest last
--   campaign        VARCHAR  campaign slug
--   indicator       VARCHAR  the appraisal
--   definition      VARCHAR  among whom
--   place           VARCHAR  place
--   is_own          BOOLEAN  the campaign's own place
--   frequency       VARCHAR  月, 季 or 年
--   period_end_on   DATE     last day of the period
--   rank            BIGINT   rank as published
--   rank_change     BIGINT   places gained since the one before
--   is_latest       BOOLEAN  the newest of its appraisal and place
--   is_provisional  BOOLEAN  the figure is provisional
--   publisher       VARCHAR  who published it
--   note            VARCHAR  its note
--   upload          BIGINT   upload the row came in
--   sheet           VARCHAR  its sheet
--   row             BIGINT   its row there
--   value_column    VARCHAR  the column the value stands in

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of)
SELECT figure.campaign, figure.indicator, dictionary.definition, figure.place,
  coalesce(pack_place.is_own, figure.place = '') AS is_own, figure.frequency, period_end_on,
  round(value)::BIGINT AS rank, lag(round(value)::BIGINT) OVER earlier - rank AS rank_change,
  lead(period_end_on) OVER earlier IS NULL AS is_latest, is_provisional,
  figure.publisher, figure.note, upload, sheet, row, value_column
FROM figure_known(
  $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, NULL::VARCHAR) AS figure
CROSS JOIN asked
LEFT JOIN memory.main.pack_indicator AS dictionary
  ON dictionary.campaign = figure.campaign AND dictionary.indicator = figure.indicator
LEFT JOIN memory.main.pack_place
  ON pack_place.campaign = figure.campaign AND pack_place.place = figure.place
WHERE figure.measure = '位次' AND value IS NOT NULL AND (slug IS NULL OR figure.campaign = slug)
  AND period_end_on <= last_day(as_of)
WINDOW earlier AS (
  PARTITION BY figure.campaign, figure.indicator, figure.place, figure.frequency
  ORDER BY period_end_on)
ORDER BY figure.campaign, dictionary.position NULLS LAST, figure.indicator, figure.place, period_end_on
