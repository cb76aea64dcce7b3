-- Published figures: which indicator, which place, which unit.

-- A unit of measure as a number of its family's smallest: how far 万元 and 亿元 can be exchanged.
CREATE OR REPLACE MACRO measure_family(unit_named) AS CASE
  WHEN unit_named IN ('元', '万元', '亿元') THEN '元'
  WHEN unit_named IN ('美元', '千美元', '万美元', '亿美元') THEN '美元'
  WHEN unit_named IN ('%', '‰') THEN '%'
  WHEN unit_named IN ('人', '万人', '亿人') THEN '人'
  ELSE unit_named END;
CREATE OR REPLACE MACRO measure_factor(unit_named) AS CASE unit_named
  WHEN '万元' THEN 1e4 WHEN '亿元' THEN 1e8
  WHEN '千美元' THEN 1e3 WHEN '万美元' THEN 1e4 WHEN '亿美元' THEN 1e8
  WHEN '‰' THEN 0.1 WHEN '万人' THEN 1e4 WHEN '亿人' THEN 1e8
  ELSE 1 END;

-- Every figure in force as known at a moment, under the dictionary's names: of one indicator,
-- place, frequency, measure and period the one published last holds. A figure without a place is
-- of the campaign's own; growth is in percent, or in 百分点; other values are in the dictionary's
-- unit where that can be exchanged for the file's, else in the file's own. NULL for
-- `indicator_asked` means all; for `place_asked` too, and '' the campaign's own place: what nobody
-- asked about is left out before anything is put in order.
CREATE OR REPLACE MACRO figure_known(campaign_asked, known, indicator_asked, place_asked) AS TABLE
  WITH indicator_called AS (
    SELECT DISTINCT campaign, indicator, measure, unit_of_measure,
           unnest(list_distinct([indicator] || aliases)) AS called
    FROM memory.main.pack_indicator
  ),
  place_called AS (
    SELECT campaign, place, unnest(list_distinct([place] || aliases)) AS called
    FROM memory.main.pack_place
  ),
  named AS (
    SELECT slice.campaign, slice.from_at,
           coalesce(dictionary.indicator, indicators.indicator) AS indicator,
           coalesce(pack_place.place, indicators.place, own.place, '') AS place,
           coalesce(indicators.frequency, '月') AS frequency,
           coalesce(indicators.measure, dictionary.measure, '累计') AS measure,
           coalesce(indicators.period_end_on, last_day(indicators.period)) AS period_end_on,
           indicators.value, indicators.target_value,
           indicators.unit_of_measure AS unit_read, dictionary.unit_of_measure AS unit_kept,
           indicators.unit, indicators.is_provisional, indicators.publisher, indicators.note,
           indicators.upload, sheet, row, value_column
    FROM store.main.indicators
    JOIN slice_known(known) AS slice
      ON slice.upload = indicators.upload AND slice.ledger = 'indicators'
     AND slice.period = indicators.period
    LEFT JOIN indicator_called AS dictionary
      ON dictionary.campaign = slice.campaign AND dictionary.called = indicators.indicator
    LEFT JOIN place_called AS pack_place
      ON pack_place.campaign = slice.campaign AND pack_place.called = indicators.place
    LEFT JOIN memory.main.pack_place AS own
      ON own.campaign = slice.campaign AND own.is_own AND indicators.place IS NULL
    LEFT JOIN memory.main.pack_place AS home
      ON home.campaign = slice.campaign AND home.is_own AND home.place = pack_place.place
    WHERE (campaign_asked IS NULL OR slice.campaign = campaign_asked)
      AND (indicator_asked IS NULL
           OR coalesce(dictionary.indicator, indicators.indicator) = indicator_asked)
      AND (place_asked IS NULL
           OR coalesce(pack_place.place, indicators.place, own.place, '') = place_asked
           OR place_asked = '' AND (own.place IS NOT NULL OR home.place IS NOT NULL))
    QUALIFY row_number() OVER (
      PARTITION BY slice.campaign, coalesce(dictionary.indicator, indicators.indicator),
        coalesce(pack_place.place, indicators.place, own.place, ''),
        coalesce(indicators.frequency, '月'),
        coalesce(indicators.measure, dictionary.measure, '累计'),
        coalesce(indicators.period_end_on, last_day(indicators.period))
      ORDER BY slice.from_at DESC, indicators.upload DESC, row DESC) = 1
  ),
  exchanged AS (
    SELECT *, CASE
        WHEN measure IN ('同比', '累计同比', '位次') THEN NULL
        WHEN unit_read IS NULL OR unit_kept IS NULL THEN {'times': 1, 'per': 1}
        WHEN measure_family(unit_read) = measure_family(unit_kept)
          THEN {'times': measure_factor(unit_read), 'per': measure_factor(unit_kept)}
      END AS factor
    FROM named
  )
  SELECT campaign, indicator, place, frequency, measure, period_end_on,
         value * coalesce(factor.times, 1) / coalesce(factor.per, 1) AS value,
         target_value * coalesce(factor.times, 1) / coalesce(factor.per, 1) AS target_value,
         CASE
           WHEN measure = '位次' THEN '位'
           WHEN measure IN ('同比', '累计同比') THEN if(unit_read = '百分点', unit_read, '%')
           WHEN factor IS NULL THEN unit_read
           ELSE coalesce(unit_kept, unit_read) END AS unit_of_measure,
         unit, is_provisional, publisher, note, upload, sheet, row, value_column
  FROM exchanged;
