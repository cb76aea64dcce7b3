-- Is a change real (item 9): the points of an indicator, their control limits, their signals.

-- The points that can be compared with each other, so that seasons and totals that grow from month
-- to month are no signals. `point` is in percent the growth of each period alone over the same
-- period of the year before (1-2月 together) for flows, that of the level for 期末; what is itself
-- a growth, a share or a rank is its own point. From a base of 0 or below nothing grows: no point.
-- `change` is held against a threshold: the growth, or for shares and ranks the difference to the
-- year before; a published growth is its own change.
CREATE OR REPLACE MACRO signal_point(campaign_asked, known, indicator_asked) AS TABLE
  WITH grown AS (
    SELECT *, CASE WHEN single_before > 0 THEN 100 * single_growth_share END AS flow_percent,
      CASE WHEN value_before > 0 THEN 100 * growth_share END AS stock_percent,
      CASE
        WHEN measure IN ('同比', '累计同比') THEN 'growth'
        WHEN measure = '位次' OR unit_of_measure IN ('%', '‰', '百分点') THEN 'level'
        WHEN measure = '期末' THEN 'stock'
        ELSE 'flow' END AS point_kind
    FROM series_grown(campaign_asked, known, indicator_asked, '')
  )
  SELECT *, CASE point_kind
      WHEN 'flow' THEN flow_percent
      WHEN 'stock' THEN stock_percent
      ELSE value END AS point,
    CASE point_kind
      WHEN 'flow' THEN flow_percent
      WHEN 'stock' THEN stock_percent
      WHEN 'growth' THEN value
      ELSE value - value_before END AS change
  FROM grown;

-- Limits of individual values, XmR (Wheeler, Understanding Variation, 1993): the mean of the
-- points, and 2.66 mean moving ranges (3 / 1.128, the d2 of two) to either side. A moving range is
-- taken only between periods that follow each other: a missing one is no change.
CREATE OR REPLACE MACRO signal_low(middle, moving) AS middle - 2.66 * moving;
CREATE OR REPLACE MACRO signal_high(middle, moving) AS middle + 2.66 * moving;

-- What a change means where points are too few for limits: better or worse from a threshold on.
CREATE OR REPLACE MACRO signal_verdict(moved, limen, course) AS CASE
  WHEN abs(moved) < limen - 1e-9 THEN 'held'
  WHEN (moved > 0) = (course = 'up') THEN 'improved'
  WHEN moved IS NOT NULL THEN 'worse' END;
