-- Projects on their way from stage to stage, and what surveys say of 暖民心.

-- In the reserve (储备), when it is finished (竣工) or given up (终止) a project waits for nothing.
CREATE OR REPLACE MACRO rests_in(stage_named) AS
  coalesce(stage_named IN ('储备', '竣工', '终止'), false);

-- What each list said of each project, one row a report, with the stage it said before.
CREATE OR REPLACE MACRO project_report(day_asked, known) AS TABLE
  SELECT slice.campaign, projects.*,
         lag(projects.stage) OVER told AS former_stage,
         lag(projects.stage_on) OVER told AS former_stage_on,
         row_number() OVER told = 1 AS is_first
  FROM store.main.projects
  JOIN slice_known(known) AS slice
    ON slice.upload = projects.upload AND slice.ledger = 'projects'
   AND slice.period = projects.period
  WHERE projects.period <= day_asked
  WINDOW told AS (
    PARTITION BY slice.campaign, projects.item_key
    ORDER BY projects.period, projects.upload, projects.row);

-- Every project on a day, as its newest list says (C6); one that a later list leaves out stays.
--
-- since_on       the day it came into its stage: as the list says, else the last day of the month
--                that first reports it there. A day that was already given for the stage before is
--                that stage's.
-- before_stage   its stage in the list before the campaign's newest; NULL with is_new: not in it
-- was_in_reserve a list of the year of the day had it in 储备
-- is_vanished    the campaign's newest list leaves it out
CREATE OR REPLACE MACRO project_on(day_asked, known) AS TABLE
  WITH report AS (FROM project_report(day_asked, known)),
  newest AS (SELECT campaign, max(period) AS newest_period FROM report GROUP BY ALL),
  told AS (
    SELECT report.*, newest_period,
           last_value(CASE WHEN is_first OR stage IS DISTINCT FROM former_stage
                           THEN {'period': period, 'stage_on': former_stage_on} END IGNORE NULLS)
             OVER told_in_order AS entered,
           last_value(CASE WHEN period < newest_period THEN {'stage': stage} END IGNORE NULLS)
             OVER told_in_order AS before,
           bool_or(stage = '储备' AND year(period) = year(day_asked)) OVER told_in_order
             AS was_in_reserve
    FROM report JOIN newest USING (campaign)
    WINDOW told_in_order AS (PARTITION BY campaign, item_key ORDER BY period, upload, row)
    QUALIFY row_number() OVER (
      PARTITION BY campaign, item_key ORDER BY period DESC, upload DESC, row DESC) = 1
  ),
  dated AS (
    SELECT *,
           coalesce(stage_on <= day_asked AND stage_on IS DISTINCT FROM entered.stage_on, false)
             AS is_since_stated
    FROM told
  )
  SELECT * EXCLUDE (former_stage, former_stage_on, is_first, entered, before),
         least(CASE WHEN is_since_stated THEN stage_on ELSE last_day(entered.period) END, day_asked)
           AS since_on,
         before.stage AS before_stage, before IS NULL AS is_new,
         period < newest_period AS is_vanished
  FROM dated;

-- What a project counts for among the year's numbers (C5); one given up counts for none of them,
-- but what it won is won.
--
-- is_signed     signed in the year of the day, by the day
-- is_industrial signed so, and of the kind 产业
-- is_started    started in the year, by the day
-- is_running    started or resumed in the year, by the day (开复工)
-- is_large      running, with at least 1 亿元 in all
-- is_reserve    in 储备 on the day or in an earlier list of the year
CREATE OR REPLACE MACRO project_counted(day_asked, known) AS TABLE
  SELECT *, coalesce(is_signed AND kind = '产业', false) AS is_industrial,
         coalesce(is_running AND invested_total >= 1, false) AS is_large,
         CASE WHEN year(period) = year(day_asked) THEN funds_won END AS won_this_year
  FROM (
    SELECT * EXCLUDE (is_alive),
           is_alive AND coalesce(signed_on BETWEEN year_start AND day_asked, false) AS is_signed,
           is_alive AND coalesce(started_on BETWEEN year_start AND day_asked, false) AS is_started,
           is_alive AND coalesce(started_on BETWEEN year_start AND day_asked
             OR resumed_on BETWEEN year_start AND day_asked, false) AS is_running,
           is_alive AND coalesce(was_in_reserve, false) AS is_reserve
    FROM (
      SELECT *, stage IS DISTINCT FROM '终止' AS is_alive,
             date_trunc('year', day_asked)::DATE AS year_start
      FROM project_on(day_asked, known))
  );

-- How a project stands in its stage (C6).
--
-- days_in_stage    since it came into the stage
-- stuck_days       the pack's project_stuck_days, or for one stage its project_stuck_days:推进
-- is_stuck         so many days in it, or more; not where it rests
-- is_past_quarter  it has been in a stage since before this quarter, and the pack gives a quarter
--                  that has begun since the stage's own to a later stage
CREATE OR REPLACE MACRO project_judged(day_asked, known) AS TABLE
  SELECT project.*, stage.quarter AS stage_quarter, stage.position AS stage_position,
         day_asked - since_on AS days_in_stage,
         coalesce(own.value, threshold.value) AS stuck_days,
         coalesce(
           NOT rests_in(project.stage)
           AND day_asked - since_on >= coalesce(own.value, threshold.value), false) AS is_stuck,
         NOT rests_in(project.stage) AND since_on < date_trunc('quarter', day_asked)
           AND coalesce(stage.quarter, 0) > 0
           AND EXISTS (
             FROM memory.main.pack_stage AS later
             WHERE later.campaign = project.campaign AND NOT rests_in(later.stage)
               AND later.position > stage.position AND later.quarter > stage.quarter
               AND later.quarter <= quarter(day_asked)) AS is_past_quarter
  FROM project_counted(day_asked, known) AS project
  LEFT JOIN memory.main.pack_stage AS stage
    ON stage.campaign = project.campaign AND stage.stage = project.stage
  LEFT JOIN memory.main.pack_threshold AS threshold
    ON threshold.campaign = project.campaign AND threshold.name = 'project_stuck_days'
  LEFT JOIN memory.main.pack_threshold AS own
    ON own.campaign = project.campaign AND own.name = 'project_stuck_days:' || project.stage;

-- The projects that the filters of a page leave.
CREATE OR REPLACE MACRO project_asked(
  campaign_asked, day_asked, known, units_asked, league_asked, post_asked
) AS TABLE
  SELECT project.*
  FROM project_judged(day_asked, known) AS project
  LEFT JOIN unit_known(known) AS roster
    ON roster.campaign = project.campaign AND roster.unit = project.unit
  WHERE (campaign_asked IS NULL OR project.campaign = campaign_asked)
    AND (units_asked IS NULL OR list_contains(units_asked, project.unit))
    AND (league_asked IS NULL OR roster.league = league_asked)
    AND (post_asked IS NULL OR roster.leader_post = post_asked);

-- Surveys by the day (C10). Who rated is who took part where nothing is said; a survey with a part
-- greater than its whole, or below 0, is faulty.
CREATE OR REPLACE MACRO survey_known(day_asked, known) AS TABLE
  SELECT slice.campaign, satisfaction.* EXCLUDE (rated_count),
         coalesce(rated_count, joined_count) AS rated_count,
         coalesce(greatest(aware_count, joined_count, rated_count) > asked_count, false)
           OR coalesce(satisfied_count > coalesce(rated_count, joined_count), false)
           OR least(asked_count, aware_count, joined_count, rated_count, satisfied_count) < 0
           AS is_faulty
  FROM store.main.satisfaction
  ANTI JOIN row_outdone('satisfaction', known) AS outdone USING (upload, sheet, row, item_key)
  JOIN slice_known(known) AS slice
    ON slice.upload = satisfaction.upload AND slice.ledger = 'satisfaction'
   AND slice.period = satisfaction.period
  WHERE satisfaction.surveyed_on <= day_asked;
