-- Which indicators did not make the year's goal?
--
-- D11, D21: the figure of the year's last period, held against the goal that the list or the pack
-- gives. It holds from New Year until the unit has handed in its review of kind $review, or a
-- later figure of that year says that the goal was made. Without a goal, or without the last
-- period's figure, nothing is said: not reported is not missed.
-- Example: goal 60, December 55: found since 1 January with 0.917; a 书面检讨 of 10 January ends it.
--
-- Parameters
--   $campaign    VARCHAR    campaign slug
--   $as_of       DATE       the day the question is asked
--   $known_at    TIMESTAMP  as it was known then (UTC); NULL means now
--   $groups      VARCHAR[]  groups of indicators in the pack; [] means none
--   $indicators  VARCHAR[]  indicators beside those of the groups; [] means none
--   $review      VARCHAR    kind of review that answers for it: 书面检讨 or 大会检讨
--
-- Returns one row per indicator and year, with the figure's row
--   subject         VARCHAR  the indicator
--   detail          VARCHAR  the year
--   unit            VARCHAR  unit that answers for it, as the list says, else as the pack does
--   since_on        DATE     New Year after the year
--   until_on        DATE     the day the review was handed in; NULL while it is not
--   measured_value  DOUBLE   share of the goal that was made; NULL where no ratio can say it
--   threshold       DOUBLE   always 1: the whole goal
--   remark          VARCHAR  provisional figure, review not filed, no unit to answer; else NULL
--   upload          BIGINT   upload the figure is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH held AS (
  SELECT grown.indicator, grown.period_end_on, coalesce(grown.unit, dictionary.owner) AS unit,
         grown.is_provisional, grown.upload, grown.sheet, grown.row,
         coalesce(dictionary.direction, 'up') AS direction,
         coalesce(dictionary.is_target_growth, false) AND grown.target_value IS NULL
           AS is_growth,
         coalesce(grown.target_value, CASE
           WHEN year(grown.period_end_on) BETWEEN year(pack.start_on) AND year(pack.end_on)
           THEN dictionary.target END) AS goal,
         pace_kind(grown.measure, grown.unit_of_measure, is_growth) AS kind,
         CASE WHEN kind = 'flow' THEN grown.total
              WHEN kind <> 'growth' OR grown.measure IN ('同比', '累计同比') THEN grown.value
              ELSE 100 * coalesce(grown.reported_growth_share, grown.growth_share) END AS made
  FROM series_grown(
    $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, ''
  ) AS grown
  JOIN memory.main.pack_campaign AS pack ON pack.campaign = grown.campaign
  LEFT JOIN memory.main.pack_indicator AS dictionary
    ON dictionary.campaign = grown.campaign AND dictionary.indicator = grown.indicator
  LEFT JOIN memory.main.pack_place AS place
    ON place.campaign = grown.campaign AND place.place = grown.place
  WHERE (grown.place = '' OR coalesce(place.is_own, false))
    AND month(grown.period_end_on) = 12 AND grown.period_end_on < $as_of::DATE
    AND (list_contains($groups::VARCHAR[], dictionary."group")
         OR list_contains($indicators::VARCHAR[], grown.indicator))
),
missed AS (
  SELECT *, (period_end_on + 1)::DATE AS since_on FROM held
  WHERE NOT pace_met(made, goal, direction)
),
review AS (
  SELECT unit, handed_in_on, coalesce(is_filed, false) AS is_filed
  FROM review_known($as_of::DATE, $known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND kind = $review::VARCHAR
    AND handed_in_on <= $as_of::DATE
),
answered AS (
  SELECT missed.*, min(review.handed_in_on) AS handed_in_on, bool_or(review.is_filed) AS is_filed
  FROM missed
  LEFT JOIN review ON review.unit = missed.unit AND review.handed_in_on >= missed.since_on
  GROUP BY ALL
)
SELECT
  indicator AS subject, format('{}年', year(period_end_on)) AS detail, unit, since_on,
  handed_in_on AS until_on,
  CASE WHEN direction = 'up' THEN made / nullif(goal, 0) ELSE goal / nullif(made, 0) END
    AS measured_value,
  1::DOUBLE AS threshold,
  nullif(concat_ws('；',
    CASE WHEN is_provisional THEN '数据为初步数' END,
    CASE WHEN unit IS NULL THEN '没有写明责任单位' END,
    CASE WHEN NOT is_filed THEN '检讨未存档' END), '') AS remark,
  upload, sheet, row
FROM answered
ORDER BY since_on, subject
