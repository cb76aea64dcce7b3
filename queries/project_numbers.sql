-- What do the project lists count of each annual number, and what do the indicators report of it?
--
-- C5. Counted from the newest lists, for the year of the day: 争取上级资金 (funds won, summed),
-- 签约项目 (signed), 落地开工项目 (started), 产业项目占比 (of the signed, those of the kind 产业, in %),
-- 亿元以上项目 (started or resumed, 1 亿元 and more), 开复工项目 (started or resumed), 谋划储备项目 (in
-- 储备 in any list of the year); a project given up (终止) counts only for what it won. A pack's indicator is met under that name or by an alias. The
-- reported figure stands beside the counted one and is never added to it. The pace is that of the
-- calendar year; a share is held against its target all year.
-- Example: 120 of 300 counted by 30 September (273 of 365 days): 224.4 expected, behind.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per number, in the order of the document
--   campaign         VARCHAR  campaign slug
--   number           VARCHAR  the number's name, as above
--   indicator        VARCHAR  the pack's indicator; NULL when it has none
--   value            DOUBLE   counted from the lists; NULL for a share of nothing
--   project_count    BIGINT   projects that count
--   among_count      BIGINT   projects they are among
--   unit_of_measure  VARCHAR  of value, target and reported_value
--   target           DOUBLE   target of the year; NULL when none is set
--   achieved_share   DOUBLE   value / target, 0 to 1 and above
--   schedule_share   DOUBLE   elapsed share of the year, 0 to 1
--   expected_value   DOUBLE   target by the day
--   state            VARCHAR  level (from 0.95 of it), low (from 0.75), behind; NULL without target
--   reported_value   DOUBLE   last figure of the indicators; NULL when there is none this year
--   reported_on      DATE     last day of its period
--   is_provisional   BOOLEAN  that figure is provisional
--   reported_gap     DOUBLE   reported less counted
--   owner            VARCHAR  who answers for the indicator
--   source           VARCHAR  clause that sets the target
--   upload           BIGINT   upload of the reported figure
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

WITH asked AS (SELECT $as_of::DATE AS as_of),
project AS (
  FROM project_asked(
    $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR,
    $post::VARCHAR)
),
summed AS (
  SELECT campaign,
    unnest(['争取上级资金', '签约项目', '落地开工项目', '产业项目占比', '亿元以上项目', '开复工项目',
      '谋划储备项目']) AS number,
    unnest(range(7)) AS position,
    unnest(['亿元', '个', '个', '%', '个', '个', '个']) AS unit_counted,
    unnest([
      coalesce(sum(won_this_year), 0), count(*) FILTER (is_signed), count(*) FILTER (is_started),
      100.0 * count(*) FILTER (is_industrial) / nullif(count(*) FILTER (is_signed), 0),
      count(*) FILTER (is_large), count(*) FILTER (is_running), count(*) FILTER (is_reserve)
    ]::DOUBLE[]) AS counted,
    unnest([
      count(*) FILTER (won_this_year > 0), count(*) FILTER (is_signed),
      count(*) FILTER (is_started), count(*) FILTER (is_industrial), count(*) FILTER (is_large),
      count(*) FILTER (is_running), count(*) FILTER (is_reserve)]) AS project_count,
    unnest([count(*), count(*), count(*), count(*) FILTER (is_signed),
      count(*) FILTER (is_running), count(*), count(*)]) AS among_count
  FROM project GROUP BY campaign
),
figure AS (
  SELECT figure.campaign, figure.indicator,
    arg_max({
      'value': figure.value, 'target': figure.target_value, 'unit': figure.unit_of_measure,
      'reported_on': period_end_on, 'is_provisional': is_provisional, 'upload': figure.upload,
      'sheet': figure.sheet, 'row': figure.row
    }, period_end_on) AS newest
  FROM figure_known(
    $campaign::VARCHAR, $known_at::TIMESTAMP, NULL::VARCHAR, '') AS figure
  JOIN memory.main.pack_indicator AS dictionary
    ON dictionary.campaign = figure.campaign AND dictionary.indicator = figure.indicator
   AND dictionary.frequency = figure.frequency AND dictionary.measure = figure.measure
  CROSS JOIN asked
  WHERE period_end_on <= last_day(as_of) AND year(period_end_on) = year(as_of)
    AND figure.value IS NOT NULL
  GROUP BY ALL
),
held AS (
  SELECT summed.campaign, number, summed.position, dictionary.indicator, project_count, among_count,
    coalesce(dictionary.unit_of_measure, unit_counted) AS unit_of_measure, dictionary.owner,
    dictionary.source, figure.newest,
    counted * coalesce(
      CASE WHEN measure_family(unit_counted) = measure_family(dictionary.unit_of_measure)
           THEN measure_factor(unit_counted) / measure_factor(dictionary.unit_of_measure) END, 1)
      AS value,
    coalesce(figure.newest.target, dictionary.target) AS target,
    dayofyear(as_of) / dayofyear(make_date(year(as_of), 12, 31)) AS schedule_share
  FROM summed
  CROSS JOIN asked
  LEFT JOIN memory.main.pack_indicator AS dictionary
    ON dictionary.campaign = summed.campaign
   AND (dictionary.indicator = number OR list_contains(dictionary.aliases, number))
  LEFT JOIN figure
    ON figure.campaign = summed.campaign AND figure.indicator = dictionary.indicator
),
paced AS (
  SELECT *, target * CASE WHEN number = '产业项目占比' THEN 1 ELSE schedule_share END
    AS expected_value
  FROM held
)
SELECT
  campaign, number, indicator, paced.value, project_count, among_count, unit_of_measure, target,
  paced.value / nullif(target, 0) AS achieved_share, schedule_share, expected_value,
  CASE WHEN paced.value IS NULL OR target IS NULL THEN NULL
       WHEN paced.value >= coalesce(track.value, 0.95) * expected_value THEN 'level'
       WHEN paced.value >= coalesce(lagging.value, 0.75) * expected_value THEN 'low' ELSE 'behind'
  END AS state,
  newest.value AS reported_value, newest.reported_on AS reported_on,
  newest.is_provisional AS is_provisional, newest.value - paced.value AS reported_gap, owner, source,
  newest.upload AS upload, newest.sheet AS sheet, newest.row AS row
FROM paced
LEFT JOIN (SELECT campaign, value FROM memory.main.pack_threshold WHERE name = 'pace_on_track')
  AS track USING (campaign)
LEFT JOIN (SELECT campaign, value FROM memory.main.pack_threshold WHERE name = 'pace_lagging')
  AS lagging USING (campaign)
ORDER BY campaign, position
