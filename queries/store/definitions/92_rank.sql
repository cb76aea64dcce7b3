-- Ranks among peers, composite indices, lines into the future.

-- Every place of every circle of peers at every period anybody in it has published, up to a day
-- (C3). Places are ranked on the value, or on its growth over the year before where `ranked_by`
-- says 'growth', the published growth first; less is better where the dictionary says so. Ties
-- share a rank. A place that has not published, or in another unit, has no rank, nor has one that
-- published alone. Compared is the frequency and measure that most places of the circle publish in.
--
-- is_counted     at least half as many places published as in the fullest period: others are
--                waited for. is_latest marks the newest of these
-- previous_…     the counted period before, and the place's rank in it
CREATE OR REPLACE MACRO peer_rank(
  campaign_asked, day_asked, known, ranked_by, indicator_asked
) AS TABLE
  WITH series AS MATERIALIZED (
    SELECT grown.*, dictionary.direction, dictionary.position AS indicator_position,
           coalesce(grown.reported_growth_share, grown.growth_share) AS growth_stated,
           grown.measure IN ('同比', '累计同比')
             OR grown.unit_of_measure IS NOT DISTINCT FROM dictionary.unit_of_measure
             AS is_comparable
    FROM series_grown(campaign_asked, known, indicator_asked, NULL::VARCHAR) AS grown
    JOIN memory.main.pack_indicator AS dictionary
      ON dictionary.campaign = grown.campaign AND dictionary.indicator = grown.indicator
    WHERE (campaign_asked IS NULL OR grown.campaign = campaign_asked)
      AND grown.period_end_on <= last_day(day_asked) AND grown.measure <> '位次'
  ),
  member AS (
    SELECT campaign, scope, position AS scope_position, unnest(places) AS place
    FROM memory.main.pack_scope
  ),
  compared AS (
    SELECT series.campaign, scope, scope_position, indicator, indicator_position, direction,
           frequency, measure, list(DISTINCT period_end_on) AS periods
    FROM series JOIN member USING (campaign, place)
    GROUP BY series.campaign, scope, scope_position, indicator, indicator_position, direction,
      frequency, measure
    QUALIFY row_number() OVER (
      PARTITION BY series.campaign, scope, indicator
      ORDER BY count(DISTINCT place) DESC, frequency, measure) = 1
  ),
  listed AS (
    SELECT compared.* EXCLUDE (periods), unnest(periods) AS period_end_on FROM compared
  ),
  placed AS (
    SELECT listed.*, member.place, coalesce(pack_place.is_own, false) AS is_own,
           series.value, series.growth_stated AS growth_share, series.unit_of_measure,
           series.value_before, series.value_at_new_year,
           CASE WHEN is_comparable THEN
             CASE WHEN ranked_by = 'growth' THEN series.growth_stated ELSE series.value END
           END * CASE WHEN listed.direction = 'down' THEN -1 ELSE 1 END AS merit,
           series.is_provisional, series.publisher, series.upload, series.sheet, series.row,
           series.value_column
    FROM listed
    JOIN member ON member.campaign = listed.campaign AND member.scope = listed.scope
    LEFT JOIN memory.main.pack_place AS pack_place
      ON pack_place.campaign = listed.campaign AND pack_place.place = member.place
    LEFT JOIN series
      ON series.campaign = listed.campaign AND series.indicator = listed.indicator
     AND series.place = member.place AND series.period_end_on = listed.period_end_on
     AND series.frequency = listed.frequency AND series.measure = listed.measure
  ),
  ranked AS (
    SELECT *,
           CASE WHEN merit IS NOT NULL AND count(merit) OVER peers > 1 THEN rank() OVER (
             PARTITION BY campaign, scope, indicator, period_end_on ORDER BY merit DESC NULLS LAST)
           END AS rank,
           count(*) OVER peers AS peer_count, count(merit) OVER peers AS published_count
    FROM placed
    WINDOW peers AS (PARTITION BY campaign, scope, indicator, period_end_on)
  ),
  counted AS (
    SELECT *,
           published_count > 0 AND 2 * published_count >= max(published_count) OVER (
             PARTITION BY campaign, scope, indicator) AS is_counted,
           rank IS NOT NULL AND count(*) OVER (
             PARTITION BY campaign, scope, indicator, period_end_on, rank) > 1 AS is_tied
    FROM ranked
  )
  SELECT *,
         is_counted AND period_end_on = max(CASE WHEN is_counted THEN period_end_on END) OVER (
           PARTITION BY campaign, scope, indicator) AS is_latest,
         lag(period_end_on) OVER before AS previous_period_end_on,
         lag(rank) OVER before AS previous_rank
  FROM counted
  WINDOW before AS (
    PARTITION BY campaign, scope, indicator, place, is_counted ORDER BY period_end_on);

-- Every part of every index at each of the days, for each place of each circle (C4). A part is
-- put on a common scale within the circle: (x - lowest) / (highest - lowest) × 100, or, where
-- `scaled_by` says 'z', (x - mean) / standard deviation; both turned round where less is better.
-- Where all are level it is 50, or 0; a place that published alone has none. Weights are the
-- pack's unless `weights_asked` gives 'indicator=weight'.
CREATE OR REPLACE MACRO index_part_on(campaign_asked, days, known, scaled_by, weights_asked)
  AS TABLE
  WITH weighed AS (
    SELECT split_part(word, '=', 1) AS indicator,
           TRY_CAST(split_part(word, '=', 2) AS DOUBLE) AS weight
    FROM (SELECT unnest(weights_asked) AS word)
  ),
  part AS (
    SELECT pack.campaign, pack.index, pack.indicator, pack.position,
           greatest(coalesce(weighed.weight, pack.weight), 0) AS weight
    FROM memory.main.pack_index_part AS pack
    LEFT JOIN weighed ON weighed.indicator = pack.indicator
  ),
  history AS MATERIALIZED (
    FROM peer_rank(campaign_asked, list_max(days), known, 'value', NULL::VARCHAR)
    WHERE is_counted
  ),
  standing AS (
    SELECT day.as_of, history.*
    FROM (SELECT DISTINCT unnest(days) AS as_of) AS day
    JOIN history ON history.period_end_on <= last_day(day.as_of)
    QUALIFY history.period_end_on = max(history.period_end_on) OVER (
      PARTITION BY day.as_of, history.campaign, scope, indicator)
  ),
  circle AS (
    SELECT DISTINCT standing.as_of, standing.campaign, part.index, standing.scope,
           standing.scope_position, standing.place, standing.is_own
    FROM standing JOIN part USING (campaign, indicator)
  )
  SELECT circle.*, part.indicator, part.position, part.weight, standing.period_end_on,
         standing.value, standing.unit_of_measure, standing.direction, standing.merit,
         standing.is_provisional, standing.upload, standing.sheet, standing.row,
         standing.value_column,
         CASE
           WHEN standing.merit IS NULL OR count(standing.merit) OVER peers < 2 THEN NULL
           WHEN scaled_by = 'z' THEN coalesce(
             (standing.merit - avg(standing.merit) OVER peers)
             / nullif(stddev_pop(standing.merit) OVER peers, 0), 0)
           ELSE coalesce(
             100 * (standing.merit - min(standing.merit) OVER peers)
             / nullif(max(standing.merit) OVER peers - min(standing.merit) OVER peers, 0), 50)
         END AS score
  FROM circle
  JOIN part ON part.campaign = circle.campaign AND part.index = circle.index
  LEFT JOIN standing
    ON standing.as_of = circle.as_of AND standing.campaign = circle.campaign
   AND standing.scope = circle.scope AND standing.place = circle.place
   AND standing.indicator = part.indicator
  WINDOW peers AS (
    PARTITION BY circle.as_of, circle.campaign, circle.index, circle.scope, part.indicator);

-- The indices themselves: the weighted mean of the parts a place has. With less than half of the
-- weight there it is not ranked.
CREATE OR REPLACE MACRO index_on(campaign_asked, days, known, scaled_by, weights_asked) AS TABLE
  WITH summed AS (
    SELECT as_of, campaign, index, scope, scope_position, place, is_own,
           sum(weight * score) / nullif(sum(weight) FILTER (score IS NOT NULL), 0) AS score,
           coalesce(sum(weight) FILTER (score IS NOT NULL), 0) / nullif(sum(weight), 0)
             AS weight_share,
           count(*) FILTER (weight > 0) AS indicator_count,
           coalesce(list(indicator ORDER BY position) FILTER (score IS NULL AND weight > 0), [])
             AS missing_parts,
           min(period_end_on) AS oldest_period_end_on, max(period_end_on) AS period_end_on,
           bool_or(is_provisional) AS is_provisional
    FROM index_part_on(campaign_asked, days, known, scaled_by, weights_asked)
    GROUP BY ALL
  ),
  judged AS (SELECT *, coalesce(weight_share >= 0.5, false) AS is_ranked FROM summed),
  ranked AS (
    SELECT *, CASE WHEN is_ranked THEN rank() OVER (
             PARTITION BY as_of, campaign, index, scope, is_ranked ORDER BY round(score, 9) DESC)
           END AS rank,
           count(*) OVER peers AS peer_count,
           count(*) FILTER (is_ranked) OVER peers AS published_count
    FROM judged
    WINDOW peers AS (PARTITION BY as_of, campaign, index, scope)
  )
  SELECT *, rank IS NOT NULL AND count(*) OVER (
           PARTITION BY as_of, campaign, index, scope, rank) > 1 AS is_tied
  FROM ranked;

-- Whole years of each place up to a day: yearly figures, or a total or a level at December's end.
CREATE OR REPLACE MACRO yearly_value(campaign_asked, day_asked, known, indicator_asked) AS TABLE
  SELECT campaign, indicator, place, year(period_end_on) AS year, value, unit_of_measure,
         is_provisional, publisher, upload, sheet, row, value_column
  FROM series_known(campaign_asked, known, indicator_asked, NULL::VARCHAR)
  WHERE (campaign_asked IS NULL OR campaign = campaign_asked) AND value IS NOT NULL
    AND period_end_on <= last_day(day_asked)
    AND strftime(period_end_on, '%m-%d') = '12-31'
    AND (frequency = '年' OR measure IN ('累计', '期末'));

-- The lines of the pack with what they start from (C7). A line with `past_years` goes on at the
-- mean growth of so many years: (last / then) ^ (1 / years) - 1. `growths_asked` gives other
-- growths: 'place/line=0.08'. `history` is what a place published, a year each, oldest first.
CREATE OR REPLACE MACRO growth_line(
  campaign_asked, day_asked, known, growths_asked, indicator_asked
) AS TABLE
  WITH yearly AS MATERIALIZED (
    SELECT * FROM yearly_value(campaign_asked, day_asked, known, indicator_asked)
  ),
  base AS (
    SELECT campaign, indicator, place, max(year) AS base_year,
           arg_max(value, year) AS base_value, arg_max(unit_of_measure, year) AS unit_of_measure,
           list({
             'year': year, 'value': value, 'unit_of_measure': unit_of_measure,
             'is_provisional': is_provisional, 'publisher': publisher, 'upload': upload,
             'sheet': sheet, 'row': row, 'value_column': value_column
           } ORDER BY year) AS history
    FROM yearly GROUP BY campaign, indicator, place
  ),
  stated AS (
    SELECT split_part(word, '=', 1) AS line_named,
           TRY_CAST(split_part(word, '=', 2) AS DOUBLE) AS growth_share
    FROM (SELECT unnest(growths_asked) AS word)
  )
  SELECT pack.campaign, pack.indicator, pack.line, pack.place, pack.horizon_year, pack.past_years,
         pack.position, coalesce(pack_place.is_own, false) AS is_own,
         base.base_year, base.base_value, base.unit_of_measure, base.history,
         stated.growth_share IS NOT NULL AS is_changed,
         coalesce(stated.growth_share, pack.growth_share,
           CASE WHEN earlier.value > 0 AND base.base_value > 0
             THEN (base.base_value / earlier.value) ** (1.0 / pack.past_years) - 1 END)
           AS growth_share
  FROM memory.main.pack_growth_line AS pack
  JOIN base
    ON base.campaign = pack.campaign AND base.indicator = pack.indicator
   AND base.place = pack.place
  LEFT JOIN yearly AS earlier
    ON earlier.campaign = pack.campaign AND earlier.indicator = pack.indicator
   AND earlier.place = pack.place AND earlier.year = base.base_year - pack.past_years
  LEFT JOIN memory.main.pack_place AS pack_place
    ON pack_place.campaign = pack.campaign AND pack_place.place = pack.place
  LEFT JOIN stated ON stated.line_named = pack.place || '/' || pack.line;

-- Where a multiple should stand at a period's end on the way to its horizon (C8): base × multiple
-- ^ (years passed / years in all). Of a flow that is the year's number times the share of the
-- year that has passed.
CREATE OR REPLACE MACRO multiple_expected(
  measured, base, times_over, year_from, year_to, period_ends
) AS
  CASE WHEN measured = '期末'
    THEN base * times_over ** (
      (year(period_ends) - year_from - 1 + month(period_ends) / 12) / (year_to - year_from))
    ELSE base * times_over ** ((year(period_ends) - year_from) / (year_to - year_from))
      * month(period_ends) / 12 END;
