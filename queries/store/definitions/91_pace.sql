-- Figures in their order: since New Year, of the month alone, a year before, against the pace.

-- How many periods of its frequency have ended by the end of this one, from New Year.
CREATE OR REPLACE MACRO period_number(often, period_ends) AS
  CASE often WHEN '月' THEN month(period_ends) WHEN '季' THEN quarter(period_ends) ELSE 1 END;

-- Every figure in the measure it stands in, one row an indicator, place and period. That is the
-- dictionary's measure and frequency where they were published, else the first of 累计, 当期, 期末,
-- 累计同比, 同比, 位次 and of 月, 季, 年.
-- Of flows (C1) `total` is the value since New Year and `single` that of the period alone. What is
-- not published is derived: a total from the last one published and every single value since, a
-- single value from two totals that follow each other. January and February are one period of two
-- months as soon as February's total is known: the Spring Festival falls into either. Where a
-- period is missing, nothing is derived across it.
-- Growth as published stays in `reported_growth_share`: 同比 is that of a total where no single
-- value is published beside it.
CREATE OR REPLACE MACRO series_known(campaign_asked, known, indicator_asked, place_asked) AS TABLE
  WITH figure AS MATERIALIZED (
    SELECT * FROM figure_known(campaign_asked, known, indicator_asked, place_asked)
  ),
  published AS (
    SELECT campaign, indicator, place, frequency, period_end_on,
           period_number(frequency, period_end_on) AS number,
           max(value) FILTER (measure = '累计') AS total_read,
           max(value) FILTER (measure = '当期') AS single_read,
           max(target_value) FILTER (measure IN ('累计', '当期')) AS target_value,
           coalesce(any_value(unit_of_measure) FILTER (measure = '累计'),
             any_value(unit_of_measure) FILTER (measure = '当期')) AS unit_of_measure
    FROM figure
    GROUP BY campaign, indicator, place, frequency, period_end_on
    HAVING total_read IS NOT NULL OR single_read IS NOT NULL
  ),
  running AS (
    SELECT *, sum(coalesce(single_read, 0)) OVER years AS single_sum,
           count(single_read) OVER years AS single_count,
           max(CASE WHEN total_read IS NOT NULL THEN number END) OVER years AS anchor_number
    FROM published
    WINDOW years AS (PARTITION BY campaign, indicator, place, frequency, year(period_end_on)
      ORDER BY period_end_on)
  ),
  totalled AS (
    SELECT now.*, CASE
        WHEN now.total_read IS NOT NULL THEN now.total_read
        WHEN now.single_count - coalesce(anchor.single_count, 0)
           = now.number - coalesce(anchor.number, 0)
          THEN coalesce(anchor.total_read, 0) + now.single_sum - coalesce(anchor.single_sum, 0)
      END AS total
    FROM running AS now
    LEFT JOIN running AS anchor
      ON anchor.campaign = now.campaign AND anchor.indicator = now.indicator
     AND anchor.place = now.place AND anchor.frequency = now.frequency
     AND year(anchor.period_end_on) = year(now.period_end_on)
     AND anchor.number = now.anchor_number
  ),
  stepped AS (
    SELECT *, lag(number) OVER years AS number_before, lag(total) OVER years AS total_before,
           lead(number) OVER years AS number_next, lead(total) OVER years AS total_next
    FROM totalled
    WINDOW years AS (PARTITION BY campaign, indicator, place, frequency, year(period_end_on)
      ORDER BY period_end_on)
  ),
  flow AS (
    SELECT campaign, indicator, place, frequency, period_end_on, unit_of_measure, target_value,
           total, total_read IS NULL AND total IS NOT NULL AS is_total_derived,
           CASE
             WHEN frequency = '月' AND number = 1 AND number_next = 2 AND total_next IS NOT NULL
               THEN NULL
             WHEN number = 1 OR frequency = '月' AND number = 2 AND total IS NOT NULL
               THEN coalesce(total, single_read)
             WHEN single_read IS NOT NULL THEN single_read
             WHEN number_before = number - 1 THEN total - total_before END AS single,
           CASE WHEN frequency = '月' AND number = 2 AND total IS NOT NULL THEN 2 ELSE 1
           END AS span_count,
           single_read IS NULL OR frequency = '月' AND number = 2 AND total IS NOT NULL
             AS is_single_derived
    FROM stepped
  ),
  chosen AS (
    SELECT figure.campaign, figure.indicator, figure.place,
           arg_min({'frequency': figure.frequency, 'measure': figure.measure},
             CASE WHEN figure.frequency = dictionary.frequency THEN 0
               ELSE 10 * list_position(['月', '季', '年'], figure.frequency) END
             + CASE WHEN figure.measure = dictionary.measure THEN 0
               ELSE list_position(['累计', '当期', '期末', '累计同比', '同比', '位次'],
                 figure.measure) END) AS pick
    FROM figure
    LEFT JOIN memory.main.pack_indicator AS dictionary USING (campaign, indicator)
    WHERE figure.value IS NOT NULL
    GROUP BY figure.campaign, figure.indicator, figure.place
  ),
  growth AS (
    SELECT campaign, indicator, place, frequency, period_end_on,
           max(value) FILTER (measure = '累计同比' AND unit_of_measure = '%') / 100 AS total_growth_share,
           max(value) FILTER (measure = '同比' AND unit_of_measure = '%') / 100 AS period_growth_share,
           bool_or(measure = '当期') AS has_single
    FROM figure GROUP BY campaign, indicator, place, frequency, period_end_on
  ),
  stood AS (
    SELECT figure.campaign, figure.indicator, figure.place, figure.frequency,
           pick.measure AS measure, figure.period_end_on,
           -- A condition on the one side of a left join alone would compare every row with every row.
           CASE WHEN pick.measure IN ('累计', '当期') THEN figure.frequency END AS flow_frequency,
           figure.value, figure.target_value, figure.unit_of_measure,
           figure.measure = pick.measure AS is_as_picked,
           figure.unit, figure.is_provisional, figure.publisher, figure.note,
           figure.upload, figure.sheet, figure.row, figure.value_column
    FROM figure
    JOIN chosen ON chosen.campaign = figure.campaign AND chosen.indicator = figure.indicator
     AND chosen.place = figure.place AND pick.frequency = figure.frequency
     AND (pick.measure = figure.measure
          OR pick.measure IN ('累计', '当期') AND figure.measure IN ('累计', '当期'))
    QUALIFY row_number() OVER (
      PARTITION BY figure.campaign, figure.indicator, figure.place, figure.period_end_on
      ORDER BY figure.measure = pick.measure DESC) = 1
  )
  SELECT stood.campaign, stood.indicator, stood.place, stood.frequency, stood.measure,
         stood.period_end_on,
         CASE
           WHEN stood.is_as_picked THEN stood.value
           WHEN stood.measure = '累计' THEN flow.total
           ELSE flow.single END AS value,
         flow.total, coalesce(flow.is_total_derived, false) AS is_total_derived,
         flow.single, coalesce(flow.span_count, 1) AS span_count,
         coalesce(flow.is_single_derived, false) AS is_single_derived,
         coalesce(stood.target_value, flow.target_value) AS target_value, stood.unit_of_measure,
         CASE
           WHEN stood.measure = '累计' THEN coalesce(total_growth_share,
             CASE WHEN NOT has_single THEN period_growth_share END)
           WHEN stood.measure = '当期' THEN period_growth_share
           WHEN stood.measure = '期末' THEN coalesce(period_growth_share, total_growth_share)
         END AS reported_growth_share,
         CASE WHEN stood.measure IN ('累计', '当期') THEN total_growth_share
         END AS reported_total_growth_share,
         CASE WHEN stood.measure = '当期' OR has_single THEN period_growth_share
         END AS reported_single_growth_share,
         stood.unit, stood.is_provisional, stood.publisher, stood.note,
         stood.upload, stood.sheet, stood.row, stood.value_column
  FROM stood
  LEFT JOIN flow
    ON flow.campaign = stood.campaign AND flow.indicator = stood.indicator
   AND flow.place = stood.place AND flow.frequency = stood.flow_frequency
   AND flow.period_end_on = stood.period_end_on
  LEFT JOIN growth
    ON growth.campaign = stood.campaign AND growth.indicator = stood.indicator
   AND growth.place = stood.place AND growth.frequency = stood.frequency
   AND growth.period_end_on = stood.period_end_on;

-- Each figure beside that of a year before, in the same measure and unit. January's flow alone is
-- not compared: the Spring Festival falls into January or February.
CREATE OR REPLACE MACRO series_grown(campaign_asked, known, indicator_asked, place_asked) AS TABLE
  WITH series AS MATERIALIZED (
    SELECT * FROM series_known(campaign_asked, known, indicator_asked, place_asked)
  )
  SELECT now.*, before.value AS value_before, before.total AS total_before,
         before.single AS single_before, year_end.value AS value_at_new_year,
         year_end.total AS total_of_year_before,
         now.frequency = '月' AND month(now.period_end_on) = 1
           AND now.measure IN ('累计', '当期') AS is_spring_month,
         CASE WHEN NOT is_spring_month AND now.measure IN ('累计', '当期', '期末')
           THEN now.value / nullif(before.value, 0) - 1 END AS growth_share,
         CASE WHEN NOT is_spring_month
           THEN now.total / nullif(before.total, 0) - 1 END AS total_growth_share,
         CASE WHEN NOT is_spring_month AND before.span_count = now.span_count
               AND NOT (now.frequency = '月' AND month(now.period_end_on) = 2
                        AND now.span_count = 1)
           THEN now.single / nullif(before.single, 0) - 1 END AS single_growth_share
  FROM series AS now
  LEFT JOIN series AS before
    ON before.campaign = now.campaign AND before.indicator = now.indicator
   AND before.place = now.place AND before.measure = now.measure
   AND before.unit_of_measure IS NOT DISTINCT FROM now.unit_of_measure
   AND before.period_end_on = last_day(now.period_end_on - INTERVAL 1 YEAR)
  LEFT JOIN series AS year_end
    ON year_end.campaign = now.campaign AND year_end.indicator = now.indicator
   AND year_end.place = now.place AND year_end.measure = now.measure
   AND year_end.unit_of_measure IS NOT DISTINCT FROM now.unit_of_measure
   AND year_end.period_end_on = make_date(year(now.period_end_on) - 1, 12, 31);

-- How a figure is held against its target (C1). `growth`: its growth against a growth. `level`: a
-- share, a growth or a rank is held against the target itself all year. `way`: what is counted at
-- a period's end is on its way from where it started. `flow`: it fills the target with the time.
CREATE OR REPLACE MACRO pace_kind(measured, unit_named, is_growth) AS CASE
  WHEN is_growth THEN 'growth'
  WHEN measured IN ('同比', '累计同比', '位次') OR unit_named IN ('%', '‰', '百分点') THEN 'level'
  WHEN measured = '期末' THEN 'way'
  ELSE 'flow' END;

-- Where a figure should stand by now: of a flow the part of the target that the year has passed,
-- on a way the same part of the way from its start, else the target itself. A way whose start is
-- already beyond its target is to stay there.
CREATE OR REPLACE MACRO pace_ideal(kind_of, aim, start, passed, course) AS CASE
  WHEN kind_of = 'flow' THEN aim * passed
  WHEN kind_of <> 'way' THEN aim
  WHEN course = 'down' AND start <= aim OR course = 'up' AND start >= aim THEN aim
  ELSE start + (aim - start) * passed END;
CREATE OR REPLACE MACRO pace_met(stands, ideal, course) AS
  CASE WHEN course = 'down' THEN stands <= ideal ELSE stands >= ideal END;
-- The share of the ideal pace, 1 and above being good; of what is to stay small the ideal is
-- divided by the value. NULL where no ratio can say it, as against an ideal of 0.
CREATE OR REPLACE MACRO pace_share(kind_of, stands, aim, start, passed, course) AS CASE
  WHEN kind_of = 'way'
   AND (course = 'up' AND start < aim OR course = 'down' AND start > aim)
    THEN (stands - start) / (aim - start) / nullif(passed, 0)
  WHEN kind_of = 'way' AND start IS NULL THEN NULL
  WHEN course = 'up' AND aim > 0 AND (kind_of <> 'flow' OR passed > 0)
    OR course = 'down' AND aim < 0
    THEN stands / pace_ideal(kind_of, aim, start, passed, course)
  WHEN course = 'down' AND stands > 0
    THEN pace_ideal(kind_of, aim, start, passed, course) / stands END;

-- The light (C1): green where the ideal is met or from the pack's pace_on_track (0.95) of the
-- pace on, yellow from its pace_lagging (0.75) on, red below; none where nothing can be judged.
CREATE OR REPLACE MACRO pace_light(is_met, pace, on_track, lagging) AS CASE
  WHEN is_met OR pace >= on_track - 1e-9 THEN 'green'
  WHEN pace >= lagging - 1e-9 THEN 'yellow'
  WHEN NOT is_met THEN 'red' END;
