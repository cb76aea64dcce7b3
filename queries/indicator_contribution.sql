-- Who contributes how much to the growth of the whole: 作了贡献，还是拖了后腿 (C2)?
--
-- Of the newest period published for the whole: each part's share of it, and how many points of
-- the whole's growth come from the part: (value - value_before) / whole_before. What no part with
-- both figures accounts for is 其他/未报, so the contributions of all rows add up to the whole's
-- growth. A part pulls where its growth is above the whole's, drags where it is below (of a down
-- indicator the other way round). A part that has not published both periods contributes NULL: it
-- is inside 其他/未报. Shares, scores, growth and ranks do not add up to a whole, nor does what the
-- pack says is no sum (a mean, as an income per head): these have no rows.
-- Example: a part from 20 to 26 in a whole from 100 to 110: 0.06 of the growth of 0.10, pulls.
--
-- Scope: open
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all
--   $whole      VARCHAR    one whole place; NULL means all
--
-- Returns one row per indicator, whole and part, the largest contribution first, the rest last
--   campaign            VARCHAR  campaign slug
--   indicator           VARCHAR  name
--   whole               VARCHAR  the place that is divided
--   part                VARCHAR  one of its parts; 其他/未报 for the rest
--   is_rest             BOOLEAN  the row of what no part accounts for
--   is_own              BOOLEAN  the campaign's own place
--   month               VARCHAR  YYYY-MM of the period's end
--   period_end_on       DATE     last day of the period
--   measure             VARCHAR  what the values say
--   unit_of_measure     VARCHAR  of all values
--   value               DOUBLE   value of the part; NULL when not published
--   value_before        DOUBLE   its value a year before
--   whole_value         DOUBLE   value of the whole
--   whole_before        DOUBLE   its value a year before
--   share               DOUBLE   value / whole_value, 0 to 1
--   share_before        DOUBLE   value_before / whole_before
--   growth_share        DOUBLE   value / value_before - 1
--   whole_growth_share  DOUBLE   whole_value / whole_before - 1
--   contribution_share  DOUBLE   points of the whole's growth; 0.01 is a point
--   effect              VARCHAR  pulls, drags or level; NULL where it cannot be said
--   is_provisional      BOOLEAN  the part's or the whole's figure is provisional
--   publisher           VARCHAR  source as the list says
--   upload              BIGINT   upload the part's row came in
--   sheet               VARCHAR  its sheet
--   row                 BIGINT   its row there
--   value_column        VARCHAR  its column there where a wide table was read

WITH asked AS (SELECT $as_of::DATE AS as_of, $whole::VARCHAR AS whole_asked),
figure AS MATERIALIZED (
  SELECT grown.campaign, grown.indicator, grown.place, grown.period_end_on, grown.measure,
    grown.unit_of_measure,
    CASE WHEN grown.measure = '期末' THEN grown.value ELSE grown.total END AS value,
    CASE WHEN grown.measure = '期末' THEN grown.value_before ELSE grown.total_before
    END AS value_before,
    coalesce(grown.is_provisional, false) AS is_provisional, grown.publisher, grown.upload,
    grown.sheet, grown.row, grown.value_column
  FROM series_grown(
    $campaign::VARCHAR, $known_at::TIMESTAMP, $indicator::VARCHAR, NULL::VARCHAR) AS grown
  CROSS JOIN asked
  WHERE grown.measure IN ('累计', '当期', '期末')
    AND coalesce(grown.unit_of_measure, '') NOT IN ('%', '‰', '百分点', '分')
    AND NOT EXISTS (FROM memory.main.pack_indicator AS named
      WHERE named.campaign = grown.campaign AND named.indicator = grown.indicator
        AND NOT named.is_sum)
    AND grown.period_end_on <= last_day(as_of)
),
whole AS (
  SELECT figure.* FROM figure CROSS JOIN asked
  WHERE (whole_asked IS NULL OR place = whole_asked) AND value IS NOT NULL
    AND EXISTS (FROM memory.main.pack_place
      WHERE pack_place.campaign = figure.campaign AND pack_place.whole = figure.place)
  QUALIFY row_number() OVER (
    PARTITION BY figure.campaign, indicator, place ORDER BY period_end_on DESC) = 1
),
part AS (
  SELECT whole.campaign, whole.indicator, whole.place AS whole, pack_place.place AS part,
    pack_place.is_own, pack_place.position, whole.period_end_on, whole.measure,
    whole.unit_of_measure, figure.value, figure.value_before, whole.value AS whole_value,
    whole.value_before AS whole_before,
    coalesce(figure.is_provisional, false) OR whole.is_provisional AS is_provisional,
    coalesce(figure.publisher, whole.publisher) AS publisher, figure.upload, figure.sheet,
    figure.row, figure.value_column
  FROM whole
  JOIN memory.main.pack_place ON pack_place.campaign = whole.campaign AND pack_place.whole = whole.place
  LEFT JOIN figure
    ON figure.campaign = whole.campaign AND figure.indicator = whole.indicator
   AND figure.place = pack_place.place AND figure.period_end_on = whole.period_end_on
   AND figure.measure = whole.measure
   AND figure.unit_of_measure IS NOT DISTINCT FROM whole.unit_of_measure
),
listed AS (
  SELECT campaign, indicator, whole, part, false AS is_rest, is_own, position, period_end_on,
    measure, unit_of_measure, value, value_before, whole_value, whole_before, is_provisional,
    publisher, upload, sheet, row, value_column
  FROM part
  UNION ALL
  SELECT campaign, indicator, whole, '其他/未报', true, false, NULL, any_value(period_end_on),
    any_value(measure), any_value(unit_of_measure),
    any_value(whole_value) - coalesce(sum(value) FILTER (value_before IS NOT NULL), 0),
    any_value(whole_before) - coalesce(sum(value_before) FILTER (value IS NOT NULL), 0),
    any_value(whole_value), any_value(whole_before), any_value(is_provisional),
    any_value(publisher), NULL, NULL, NULL, NULL
  FROM part GROUP BY campaign, indicator, whole
),
measured AS (
  SELECT *, value / nullif(value_before, 0) - 1 AS growth_share,
    whole_value / nullif(whole_before, 0) - 1 AS whole_growth_share,
    (value - value_before) / nullif(whole_before, 0) AS contribution_share
  FROM listed
)
SELECT
  measured.campaign, measured.indicator, whole, part, is_rest, coalesce(is_own, false) AS is_own,
  strftime(period_end_on, '%Y-%m') AS month, period_end_on, measured.measure,
  measured.unit_of_measure, value, value_before, whole_value, whole_before,
  value / nullif(whole_value, 0) AS share, value_before / nullif(whole_before, 0) AS share_before,
  growth_share, whole_growth_share, contribution_share,
  CASE
    WHEN is_rest OR growth_share IS NULL OR whole_growth_share IS NULL THEN NULL
    WHEN abs(growth_share - whole_growth_share) < 1e-9 THEN 'level'
    WHEN (growth_share > whole_growth_share) = (coalesce(dictionary.direction, 'up') = 'up')
      THEN 'pulls'
    ELSE 'drags' END AS effect,
  is_provisional, measured.publisher, upload, sheet, row, value_column
FROM measured
LEFT JOIN memory.main.pack_indicator AS dictionary USING (campaign, indicator)
ORDER BY measured.campaign, dictionary.position NULLS LAST, measured.indicator, whole, is_rest,
  contribution_share DESC NULLS LAST, measured.position
