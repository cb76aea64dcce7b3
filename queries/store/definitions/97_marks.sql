-- The marks of an unannounced questioning, the stages of an instruction, what became of a
-- commitment (D17, D20, D22).

-- Which of the three marks are the worst, in words; a mark not given is no bad mark.
CREATE OR REPLACE MACRO worst_marks(of_situation, of_measures, of_effect) AS
  list_filter(
    [CASE WHEN of_situation = '不清楚' THEN '情况不清楚' END,
     CASE WHEN of_measures = '不力' THEN '措施不力' END,
     CASE WHEN of_effect = '不好' THEN '成效不好' END],
    lambda word: word IS NOT NULL);

-- Every instruction of a campaign in each stage that it came to by the day: 布置, 跟踪, 督查; a
-- stage that was skipped ends the one before it. `next_on` is the day of the next one, NULL while
-- it is not reached; `working_days` are those from the stage's first day until then, or the day.
CREATE OR REPLACE MACRO instruction_stage(campaign_asked, day_asked, known) AS TABLE
  WITH told AS (
    SELECT campaign, item_no, title, unit, upload, sheet, row, given_on,
           CASE WHEN tracked_on <= day_asked THEN tracked_on END AS followed_on,
           CASE WHEN inspected_on <= day_asked THEN inspected_on END AS seen_on,
           CASE WHEN effective_on <= day_asked THEN effective_on END AS worked_on
    FROM instruction_on(campaign_asked, day_asked, known)
  ),
  stage AS (
    SELECT campaign, item_no, title, unit, upload, sheet, row, unnest([
             {'stage': '布置', 'start_on': given_on,
              'next_on': least(followed_on, seen_on, worked_on)},
             {'stage': '跟踪', 'start_on': followed_on, 'next_on': least(seen_on, worked_on)},
             {'stage': '督查', 'start_on': seen_on, 'next_on': worked_on}], recursive := true)
    FROM told
  )
  SELECT stage.*, started.workday_number AS start_number,
         greatest(ended.workday_number - started.workday_number, 0) AS working_days
  FROM stage
  LEFT JOIN memory.main.workday AS started ON started.day = stage.start_on
  LEFT JOIN memory.main.workday AS ended ON ended.day = coalesce(stage.next_on, day_asked)
  WHERE stage.start_on IS NOT NULL;

-- Every exposure, apology and commitment published by the day, with its unit's place in the roster
-- and what became of it: kept, broken (found untrue by a follow-up), overdue or open.
CREATE OR REPLACE MACRO commitment_on(campaign_asked, day_asked, known) AS TABLE
  SELECT commitment.*, roster.league, roster.leader_post,
         CASE WHEN commitment.fulfilled_on <= day_asked THEN commitment.fulfilled_on END
           AS reported_on,
         CASE WHEN reported_on IS NOT NULL AND NOT is_confirmed THEN 'broken'
              WHEN reported_on IS NOT NULL THEN 'kept'
              WHEN due_on < day_asked THEN 'overdue' ELSE 'open' END AS status
  FROM commitment_known(day_asked, known) AS commitment
  LEFT JOIN unit_known(known) AS roster
    ON roster.campaign = commitment.campaign AND roster.unit = commitment.unit
  WHERE commitment.campaign = campaign_asked AND published_on <= day_asked;
