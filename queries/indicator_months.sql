-- What is each indicator month by month: since New Year, of the month alone, with what growth?
--
-- A single value is the one published, else total minus the total of the month before where both
-- exist; January and February are one period (1-2月) as soon as February's total is known, and
-- are compared together (C1). Where a month is missing nothing is derived across it: the month has
-- no row, the month after it no single value. A total that is below an earlier one of its year is
-- doubtful: sums since New Year do not fall, unless what they sum is paid back (tax refunds).
-- Example: totals of 30 by August and 45 by September: single_value 15 in September.
--
-- Scope: open
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all
--   $place      VARCHAR    one place; NULL means the campaign's own
--
-- Returns one row per indicator and period, oldest first
--   campaign                      VARCHAR  campaign slug
--   indicator                     VARCHAR  name
--   place                         VARCHAR  place; empty for an unnamed own one
--   month                         VARCHAR  YYYY-MM of the period's end
--   period_end_on                 DATE     last day of the period
--   frequency                     VARCHAR  月, 季 or 年
--   measure                       VARCHAR  what value says
--   unit_of_measure               VARCHAR  of all values
--   value                         DOUBLE   value in that measure
--   total                         DOUBLE   since New Year, of a flow
--   is_total_derived              BOOLEAN  added up from single values
--   single_value                  DOUBLE   of the period alone; NULL in January once 1-2月 stands
--   span_count                    BIGINT   months single_value is of: 2 for 1-2月
--   is_single_derived             BOOLEAN  the difference of two totals
--   single_growth_share           DOUBLE   single_value / that of a year before - 1
--   total_growth_share            DOUBLE   total / that of a year before - 1
--   growth_share                  DOUBLE   value / that of a year before - 1
--   reported_total_growth_share   DOUBLE   累计同比 as published
--   reported_single_growth_share  DOUBLE   同比 as published
--   single_before                 DOUBLE   single_value a year before
--   total_before                  DOUBLE   total a year before
--   is_doubtful                   BOOLEAN  a published total below the one before it in its year
--   is_provisional                BOOLEAN  published as provisional
--   publisher                     VARCHAR  source as the list says
--   note                          VARCHAR  as the list says
--   upload                        BIGINT   upload the row came in
--   sheet                         VARCHAR  its sheet
--   row                           BIGINT   its row there
--   value_column                  VARCHAR  its column there where a wide table was read

SELECT
  grown.campaign, grown.indicator, grown.place, strftime(grown.period_end_on, '%Y-%m') AS month,
  grown.period_end_on, grown.frequency, grown.measure, grown.unit_of_measure, grown.value,
  grown.total, grown.is_total_derived, grown.single AS single_value,
  grown.span_count::BIGINT AS span_count, grown.is_single_derived, grown.single_growth_share,
  grown.total_growth_share, grown.growth_share, grown.reported_total_growth_share,
  grown.reported_single_growth_share, grown.single_before, grown.total_before,
  coalesce(
    NOT grown.is_total_derived AND lag(grown.total) OVER years > 0
      AND grown.total < lag(grown.total) OVER years,
    false) AS is_doubtful,
  coalesce(grown.is_provisional, false) AS is_provisional, grown.publisher, grown.note,
  grown.upload, grown.sheet, grown.row, grown.value_column
FROM series_grown(
  $campaign::VARCHAR, $known_at::TIMESTAMP, $indicator::VARCHAR, coalesce($place::VARCHAR, '')
) AS grown
LEFT JOIN memory.main.pack_indicator AS dictionary USING (campaign, indicator)
WHERE grown.period_end_on <= last_day($as_of::DATE)
WINDOW years AS (
  PARTITION BY grown.campaign, grown.indicator, grown.place, year(grown.period_end_on)
  ORDER BY grown.period_end_on)
ORDER BY grown.campaign, dictionary.position NULLS LAST, grown.indicator, grown.place,
  grown.period_end_on
