-- Where does each indicator stand against its annual target, and against the time?
--
-- Cumulative values month by month (C1, C5, C12, C14, C15). The target is the list's own, else the
-- pack's, which holds for the years of the campaign. schedule_share is the elapsed share of the
-- year at the month's end. growth_share compares with the same month of the year before where that
-- was reported; January alone is not compared, as the Spring Festival falls into January or
-- February. The ideal of a flow is target x schedule_share; of a share, a growth or a rank it is
-- the target itself; of what is counted at a month's end it is on the line from its start (the
-- pack's, else the last December) to the target. pace_share is the value / its ideal, for what is
-- to stay small the ideal / the value. light: green from 0.95 of the ideal pace, yellow from 0.75,
-- red below (the pack's pace_on_track, pace_lagging); none without a target. A growth target is
-- held against the growth published, else the computed one; a target of the list's own is a value.
-- Example: 45 of 60 by the end of September: achieved_share 0.75, schedule_share 273/365,
-- pace_share 1.003, green; required_rate 5 a month.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $indicator  VARCHAR    one indicator; NULL means all
--   $place      VARCHAR    one place; NULL means the campaign's own
--   $is_newest  BOOLEAN    only each indicator's newest month; NULL means every month
--
-- Returns one row per indicator and month
--   campaign                     VARCHAR  campaign slug
--   indicator                    VARCHAR  name
--   task                         VARCHAR  number of the task it is attached to; NULL for none
--   month                        VARCHAR  YYYY-MM
--   value                        DOUBLE   cumulative value; in the measure below
--   unit_of_measure              VARCHAR  of value; of target too unless that is a growth
--   target                       DOUBLE   annual target; a growth in percent if is_target_growth
--   achieved_share               DOUBLE   value / target, 0 to 1 and above
--   schedule_share               DOUBLE   elapsed share of the year, 0 to 1
--   growth_share                 DOUBLE   value / value a year before - 1
--   group                        VARCHAR  where it is shown; NULL for none
--   unit                         VARCHAR  responsible unit as the list says
--   owner                        VARCHAR  owner as the pack says
--   publisher                    VARCHAR  source as the list says, else as the pack does
--   definition                   VARCHAR  definition in the dictionary
--   place                        VARCHAR  place; empty for an unnamed own one
--   frequency                    VARCHAR  月, 季 or 年
--   measure                      VARCHAR  what the value says
--   direction                    VARCHAR  up or down is good
--   kind                         VARCHAR  flow, way, level or growth
--   period_end_on                DATE     last day of the period
--   is_latest                    BOOLEAN  the indicator's newest row
--   is_provisional               BOOLEAN  published as provisional
--   total                        DOUBLE   value since New Year, of a flow
--   is_total_derived             BOOLEAN  the total was added up from single values
--   is_target_growth             BOOLEAN  the targets are growth in percent
--   ideal_value                  DOUBLE   where it should stand by now, in the target's unit
--   gap_share                    DOUBLE   ahead (+) or behind (-), in shares; 0.01 is a point
--   pace_share                   DOUBLE   share of the ideal pace, 1 is on time
--   light                        VARCHAR  green, yellow, red; NULL when it cannot be judged
--   stretch_target               DOUBLE   what is striven for (C12)
--   stretch_share                DOUBLE   value / stretch_target
--   stretch_pace_share           DOUBLE   share of the pace to the stretch target
--   stretch_light                VARCHAR  light against the stretch target
--   months_left                  BIGINT   months of the year after this one
--   required_rate                DOUBLE   per month left to make the target; 0 when made
--   value_before                 DOUBLE   value a year before
--   reported_growth_share        DOUBLE   growth as published, apart from growth_share
--   start_value                  DOUBLE   what it stood at when the campaign began (C15)
--   start_on                     DATE     the day of start_value
--   upload                       BIGINT   upload the row came in
--   sheet                        VARCHAR  its sheet
--   row                          BIGINT   its row there
--   value_column                 VARCHAR  its column there where a wide table was read

WITH reported AS (
  SELECT grown.*,
    year(grown.period_end_on) BETWEEN year(pack_campaign.start_on) AND year(pack_campaign.end_on)
      AS is_pack_year,
    dictionary.task, dictionary."group", dictionary.owner, dictionary.definition,
    coalesce(grown.publisher, dictionary.publisher) AS published_by, dictionary.position,
    coalesce(dictionary.direction, 'up') AS direction,
    coalesce(dictionary.is_target_growth, false) AND grown.target_value IS NULL
      AS is_target_growth,
    coalesce(grown.target_value,
      CASE WHEN is_pack_year THEN dictionary.target END) AS target,
    CASE WHEN is_pack_year THEN dictionary.stretch_target END AS stretch_target,
    dictionary.start_value, dictionary.start_on, pace_on_track, pace_lagging,
    dayofyear(grown.period_end_on)
      / dayofyear(make_date(year(grown.period_end_on), 12, 31)) AS schedule_share,
    grown.period_end_on = max(grown.period_end_on) OVER (
      PARTITION BY campaign, grown.indicator, grown.place) AS is_latest
  FROM series_grown(
    $campaign::VARCHAR, $known_at::TIMESTAMP, $indicator::VARCHAR, coalesce($place::VARCHAR, '')
  ) AS grown
  LEFT JOIN memory.main.pack_campaign USING (campaign)
  LEFT JOIN memory.main.pack_indicator AS dictionary USING (campaign, indicator)
  WHERE grown.period_end_on <= last_day($as_of::DATE)
  QUALIFY is_latest OR NOT coalesce($is_newest::BOOLEAN, false)
),
judged AS (
  SELECT *, pace_kind(measure, unit_of_measure, is_target_growth) AS kind,
    CASE
      WHEN kind = 'flow' THEN total
      WHEN kind <> 'growth' OR measure IN ('同比', '累计同比') THEN value
      ELSE 100 * coalesce(reported_growth_share, growth_share) END AS stand,
    coalesce(start_value, value_at_new_year) AS start_stand,
    CASE
      WHEN start_value IS NULL OR start_on IS NULL THEN schedule_share
      ELSE greatest(0, least(1, date_diff('day', start_on, period_end_on)
        / nullif(date_diff('day', start_on, make_date(year(period_end_on), 12, 31)), 0)))
    END AS passed_share,
    12 - month(period_end_on) AS months_left
  FROM reported
),
paced AS (
  SELECT *, pace_ideal(kind, target, start_stand, passed_share, direction) AS ideal_value,
    pace_share(kind, stand, target, start_stand, passed_share, direction) AS pace_share,
    pace_share(kind, stand, stretch_target, start_stand, passed_share, direction)
      AS stretch_pace_share,
    coalesce(pace_met(stand, ideal_value, direction),
      CASE WHEN pace_met(stand, target, direction) THEN true END) AS is_met,
    coalesce(
      pace_met(stand, pace_ideal(kind, stretch_target, start_stand, passed_share, direction),
        direction),
      CASE WHEN pace_met(stand, stretch_target, direction) THEN true END) AS is_stretch_met
  FROM judged
)
SELECT
  campaign, indicator, task, strftime(period_end_on, '%Y-%m') AS month, value, unit_of_measure,
  target, stand / nullif(target, 0) AS achieved_share, schedule_share, growth_share,
  "group", unit, owner, published_by AS publisher, definition, place, frequency, measure,
  direction, kind, period_end_on,
  is_latest, coalesce(is_provisional, false) AS is_provisional, total, is_total_derived, is_target_growth, ideal_value,
  CASE WHEN direction = 'down' THEN -1 ELSE 1 END * CASE
    WHEN kind = 'flow' THEN (stand - ideal_value) / nullif(target, 0)
    WHEN kind = 'way'
      THEN (stand - ideal_value) / nullif(abs(target - start_stand), 0)
    WHEN kind = 'growth' OR measure IN ('同比', '累计同比') OR unit_of_measure IN ('%', '百分点')
      THEN (stand - target) / 100 END AS gap_share,
  pace_share, pace_light(is_met, pace_share, pace_on_track, pace_lagging) AS light,
  stretch_target, stand / nullif(stretch_target, 0) AS stretch_share, stretch_pace_share,
  pace_light(is_stretch_met, stretch_pace_share, pace_on_track, pace_lagging) AS stretch_light,
  months_left,
  -- greatest() passes over NULL: without a target nothing is required.
  CASE
    WHEN months_left = 0 OR target IS NULL OR stand IS NULL THEN NULL
    WHEN kind = 'flow' THEN greatest(0, target - stand) / months_left
    WHEN kind = 'way' AND direction = 'down' THEN least(0, target - stand) / months_left
    WHEN kind = 'way' THEN greatest(0, target - stand) / months_left
    WHEN kind = 'growth' AND total IS NOT NULL AND total_of_year_before IS NOT NULL
      THEN greatest(0, total_of_year_before * (1 + target / 100) - total) / months_left
  END AS required_rate,
  value_before, reported_growth_share, start_value, start_on, upload, sheet, row, value_column
FROM paced
ORDER BY campaign, position NULLS LAST, indicator, place, month
