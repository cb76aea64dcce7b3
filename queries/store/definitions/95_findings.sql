-- What the rules found (family D), and what became of it.

-- A number as a sentence says it: whole ones without decimals.
CREATE OR REPLACE MACRO number_words(told_number) AS
  CASE WHEN told_number = round(told_number) THEN format('{:,}', told_number::BIGINT)
       ELSE rtrim(format('{:.2f}', told_number), '0') END;

-- The sentence of a rule, filled: `{measured:share}` is a share in percent. One call in the other,
-- for a list of words and values would be built anew for each of a hundred thousand findings; and
-- a number is put into words only where the rule says it.
CREATE OR REPLACE MACRO finding_sentence(
  template, told_subject, told_detail, told_unit, told_value, told_limit, told_day
) AS
  replace(replace(replace(replace(replace(replace(replace(replace(
    template,
    '{subject}', coalesce(told_subject, '')),
    '{detail}', coalesce(told_detail, '')),
    '{unit}', coalesce(told_unit, '')),
    '{measured}', CASE WHEN contains(template, '{measured}')
      THEN coalesce(number_words(told_value), '') ELSE '' END),
    '{measured:share}', CASE WHEN contains(template, '{measured:share}')
      THEN coalesce(format('{:.1f}%', told_value * 100), '') ELSE '' END),
    '{threshold}', CASE WHEN contains(template, '{threshold}')
      THEN coalesce(number_words(told_limit), '') ELSE '' END),
    '{threshold:share}', CASE WHEN contains(template, '{threshold:share}')
      THEN coalesce(format('{:.1f}%', told_limit * 100), '') ELSE '' END),
    '{since}', CASE WHEN contains(template, '{since}')
      THEN coalesce(strftime(told_day, '%Y年%-m月%-d日'), '') ELSE '' END);

-- The steps taken on findings (确认、约谈、销号 …), as known at a moment.
CREATE OR REPLACE MACRO finding_step_known(known) AS TABLE
  SELECT * FROM store.main.finding_step
  WHERE from_at <= coalesce(known, TIMESTAMP '9999-01-01')
    AND (until_at IS NULL OR until_at > coalesce(known, TIMESTAMP '9999-01-01'));

-- The end of each campaign's newest month, as published_months tells it, known at a moment.
CREATE OR REPLACE MACRO newest_month(known) AS TABLE
  SELECT campaign, last_day(coalesce(
           max(period) FILTER (ledger IN ('problems', 'tasks', 'indicators')), max(period)))
           AS month_end
  FROM slice_known(known) AS slice JOIN memory.main.pack_campaign AS pack USING (campaign)
  WHERE ledger NOT IN ('indicators', 'ranks') OR period >= date_trunc('month', pack.start_on)
  GROUP BY campaign;

-- How far each finding that was dealt with has come, by the day: the last step that moves it.
-- Lists come after their month: of the newest one what was done since counts too, for else what is
-- entered today would not be seen before the next list. A right of reply (申辩) and a slip (督办单)
-- move nothing.
CREATE OR REPLACE MACRO finding_life(day_asked, known) AS TABLE
  SELECT campaign, rule, subject, since_on,
         arg_max(step, (step_on, finding_step)) FILTER (step NOT IN ('reply', 'slip')) AS last_step,
         max(step_on) FILTER (step NOT IN ('reply', 'slip')) AS moved_on,
         arg_max(report_due_on, (step_on, finding_step)) AS report_due_on,
         arg_max(rectify_by_on, (step_on, finding_step)) AS rectify_by_on,
         arg_max(reference, (step_on, finding_step)) AS reference,
         coalesce(bool_or(step = 'reply'), false) AS has_reply,
         arg_max(slip_level, (step_on, finding_step)) AS slip_level,
         arg_max(slip_due_on, (step_on, finding_step)) AS slip_due_on
  FROM finding_step_known(known) LEFT JOIN newest_month(known) AS newest USING (campaign)
  WHERE step_on <= day_asked OR day_asked >= newest.month_end
  GROUP BY campaign, rule, subject, since_on;

-- Every finding of a campaign by the day, and how far it has come: how `memory.main.finding` is made
-- of `memory.main.found`, which the store fills for the campaign, the day and the moment asked.
--
-- What ended before the campaign began is none of its findings.
--
-- status      raised, acknowledged, acted, closed or withdrawn; ended when it held no longer
--             before anybody dealt with it; gone when steps were taken and the data, revised,
--             does not say so any more
-- is_holding  the rule's condition holds on the day
-- is_open     neither closed, withdrawn, ended nor gone: something is still to be done
-- evidence_count  the rows that prove it
-- place       its place in the list of all: open ones first, the gravest and longest first
CREATE OR REPLACE MACRO finding_made(campaign_asked, day_asked, known) AS TABLE
  WITH found AS (
    SELECT campaign, rule, subject, since_on, any_value(detail) AS detail,
           any_value(unit) AS unit, max(until_on) AS until_on,
           any_value(measured_value) AS measured_value, any_value(threshold) AS threshold,
           string_agg(DISTINCT remark, '；') AS remark, count(upload) AS evidence_count
    FROM memory.main.found JOIN memory.main.pack_campaign AS pack_campaign USING (campaign)
    WHERE (until_on IS NULL OR until_on > pack_campaign.start_on)
      AND found_on = day_asked AND found_at IS NOT DISTINCT FROM known AND NOT for_lights
      AND trial = ''
      AND campaign = campaign_asked
    GROUP BY campaign, rule, subject, since_on
  ),
  life AS (
    FROM finding_life(day_asked, known) WHERE campaign = campaign_asked
  ),
  joined AS (
    SELECT coalesce(found.campaign, life.campaign) AS campaign,
           coalesce(found.rule, life.rule) AS rule,
           coalesce(found.subject, life.subject) AS subject,
           coalesce(found.since_on, life.since_on) AS since_on,
           found.* EXCLUDE (campaign, rule, subject, since_on),
           life.* EXCLUDE (campaign, rule, subject, since_on),
           found.campaign IS NOT NULL AS is_found
    FROM found FULL JOIN life
      ON life.campaign = found.campaign AND life.rule = found.rule
     AND life.subject = found.subject AND life.since_on = found.since_on
  ),
  judged AS (
    SELECT *, is_found AND (until_on IS NULL OR until_on > day_asked) AS is_holding FROM joined
  )
  SELECT day_asked::DATE AS found_on, known::TIMESTAMP AS found_at,
         1000000000000
           * (SELECT count(*) FROM memory.main.pack_campaign AS other WHERE other.campaign < campaign_asked)
           + row_number() OVER (ORDER BY is_open DESC,
               list_position(['red', 'amber', 'blue', 'good'], pack_rule.level), since_on,
               pack_rule.position, subject) AS place,
         standing.*
  FROM (
    SELECT judged.* EXCLUDE (is_found, last_step),
           CASE WHEN last_step IN ('closed', 'withdrawn') THEN last_step
                WHEN NOT is_found THEN 'gone'
                WHEN last_step IS NOT NULL THEN last_step
                WHEN is_holding THEN 'raised' ELSE 'ended' END AS status,
           CASE WHEN last_step IN ('closed', 'withdrawn') OR NOT is_found THEN false
                ELSE last_step IS NOT NULL OR is_holding END AS is_open
    FROM judged
  ) AS standing
  LEFT JOIN memory.main.pack_rule AS pack_rule
    ON pack_rule.campaign = standing.campaign AND pack_rule.rule = standing.rule;

-- The findings that the store made for the campaign, the day and the moment asked, with their rule's
-- words. `template` is for `finding_sentence`: a list is cut to its length before it is filled.
CREATE OR REPLACE MACRO finding_on(campaign_asked, day_asked, known) AS TABLE
  SELECT finding.* EXCLUDE (found_on, found_at),
         pack_rule.kind, pack_rule.mechanism, pack_rule.level, pack_rule.consequence,
         pack_rule.measures, pack_rule.source AS clause,
         coalesce(nullif(pack_rule.limit_source, ''), pack_rule.source) AS threshold_source,
         pack_rule.is_light, pack_rule.sentence AS template
  FROM memory.main.finding AS finding
  LEFT JOIN memory.main.pack_rule AS pack_rule
    ON pack_rule.campaign = finding.campaign AND pack_rule.rule = finding.rule
  WHERE found_on = day_asked AND found_at IS NOT DISTINCT FROM known
    AND (campaign_asked IS NULL OR finding.campaign = campaign_asked);

-- Findings that are alike in all that is counted, as one row: how `memory.main.finding_tally` is made.
--
-- is_over      it held no longer on the day
-- last_month   the month of the last day on which it held; NULL when no end is known
-- ended_month  the month in which it was over: put right, or closed before; NULL until then
-- is_ended_lately  not open, and that since a day of the month of the day
-- is_outdone   a graver open one of the same kind of rule is about the same subject
-- need         why an open one needs a decision, in words
-- first_…      of those alike, the one whose sentence comes first
-- last_…       of those alike, the one whose subject comes last
CREATE OR REPLACE MACRO finding_alike(campaign_asked, day_asked, known) AS TABLE
  WITH judged AS (
    SELECT *,
           finding_sentence(
             template, subject, detail, unit, measured_value, threshold, since_on) AS sentence,
           coalesce(until_on <= day_asked, false) AS is_over,
           date_trunc('month', until_on - 1)::DATE AS last_month,
           CASE WHEN status = 'closed' THEN least(moved_on, coalesce(until_on, moved_on))
                WHEN NOT is_holding THEN until_on END AS ended_on,
           NOT is_open
             AND coalesce(coalesce(moved_on, until_on) >= date_trunc('month', day_asked), false)
             AS is_ended_lately,
           level <> 'red' AND bool_or(is_open AND level = 'red') OVER (PARTITION BY kind, subject)
             AS is_outdone,
           CASE WHEN NOT is_open THEN NULL
                WHEN slip_due_on < day_asked THEN '督办单到期未办结'
                WHEN rectify_by_on < day_asked THEN '整改期限已过'
                WHEN report_due_on < day_asked THEN '书面报告期限已过'
                WHEN level = 'red' AND status IN ('raised', 'acknowledged') THEN '红色预警未处置'
                END AS need
    FROM finding_on(campaign_asked, day_asked, known)
  )
  SELECT day_asked::DATE AS found_on, known::TIMESTAMP AS found_at, campaign, rule, unit, since_on,
         remark, is_holding, status, is_open, is_over, last_month,
         CASE WHEN ended_on <= day_asked THEN date_trunc('month', ended_on)::DATE END AS ended_month,
         is_ended_lately, is_outdone, need, count(*) AS alike_count,
         arg_min(subject, sentence) AS first_subject, min(sentence) AS first_sentence,
         max(subject) AS last_subject, arg_max(sentence, subject) AS last_sentence
  FROM judged GROUP BY ALL;

-- The tally that the store made for the campaign, the day and the moment asked, with its rules' words.
CREATE OR REPLACE MACRO finding_tallied(campaign_asked, day_asked, known) AS TABLE
  SELECT tally.* EXCLUDE (found_on, found_at), pack_rule.kind, pack_rule.mechanism, pack_rule.level,
         pack_rule.consequence, pack_rule.source AS clause, pack_rule.is_light,
         pack_rule.position AS rule_position
  FROM memory.main.finding_tally AS tally
  LEFT JOIN memory.main.pack_rule AS pack_rule
    ON pack_rule.campaign = tally.campaign AND pack_rule.rule = tally.rule
  WHERE found_on = day_asked AND found_at IS NOT DISTINCT FROM known
    AND (campaign_asked IS NULL OR tally.campaign = campaign_asked);

-- What findings are counted by: unit, post, consequence or rule.
CREATE OR REPLACE MACRO finding_group(counted_by, of_unit, of_post, of_consequence, of_rule) AS
  CASE counted_by WHEN 'unit' THEN of_unit WHEN 'post' THEN of_post
       WHEN 'consequence' THEN of_consequence ELSE of_rule END;

-- The monthly lists by which units are told to have reported: those that each sends itself, and
-- the lists of items that speak for all.
CREATE OR REPLACE MACRO reporting_list(campaign_asked) AS TABLE
  SELECT * FROM memory.main.pack_due
  WHERE campaign = campaign_asked AND due_on IS NOT NULL
    AND (submitted_by = 'unit' OR ledger IN ('problems', 'tasks'));

-- How each list that a unit owed for a month stands by the day: sent, late, missing, or not yet due.
-- A unit that sends no list itself is told by the list of all units, which answers for each of
-- them. The day a list came is that of its first publication.
CREATE OR REPLACE MACRO unit_list_on(campaign_asked, day_asked, known) AS TABLE
  WITH came AS (
    SELECT slice.campaign, slice.ledger, slice.period, slice.unit,
           min(coalesce(
             CASE WHEN upload.is_sample THEN upload.reported_on END,
             shanghai_day(upload.uploaded_at))) AS came_on
    FROM store.main.slice AS slice JOIN upload_standing(known) AS upload USING (upload)
    WHERE slice.campaign = campaign_asked
      AND slice.from_at <= coalesce(known, TIMESTAMP '9999-01-01')
    GROUP BY slice.campaign, slice.ledger, slice.period, slice.unit
    HAVING bool_or(
      slice.until_at IS NULL OR slice.until_at > coalesce(known, TIMESTAMP '9999-01-01'))
  ),
  owed AS (
    SELECT due.campaign, roster.unit, due.ledger, due.period, due.due_on,
           min(came.came_on) AS first_came_on
    FROM reporting_list(campaign_asked) AS due
    JOIN unit_known(known) AS roster ON roster.campaign = due.campaign
     AND (due.submitted_by = 'all' OR len(due.units) = 0 OR list_contains(due.units, roster.unit))
    LEFT JOIN came ON came.campaign = due.campaign AND came.ledger = due.ledger
     AND came.period = due.period AND came.unit IN ('', roster.unit)
    WHERE due.period <= day_asked
    GROUP BY due.campaign, roster.unit, due.ledger, due.period, due.due_on, due.submitted_by
    QUALIFY due.submitted_by = 'unit'
      OR NOT bool_or(due.submitted_by = 'unit') OVER (PARTITION BY roster.unit, due.period)
  )
  SELECT *, CASE WHEN first_came_on IS NULL AND due_on < day_asked THEN 'missing'
                 WHEN first_came_on IS NULL THEN 'not yet due'
                 WHEN first_came_on > due_on THEN 'late' ELSE 'sent' END AS status
  FROM owed;

-- The month ends of a campaign by the day, each with the moment at which its lists had been due,
-- or with the moment of which it is asked when that was before: what was known then is the light
-- as it was shown. Only months of which something was known.
CREATE OR REPLACE MACRO light_moment(campaign_asked, day_asked, known) AS TABLE
  SELECT month_end, least(due_at, known) AS moment
  FROM (
    SELECT last_day(due.period) AS month_end,
           (max(due.due_on) + 1)::TIMESTAMP - INTERVAL 8 HOUR AS due_at
    FROM reporting_list(campaign_asked) AS due
    WHERE last_day(due.period) <= day_asked GROUP BY due.period
  )
  WHERE (SELECT min(from_at) FROM store.main.slice WHERE slice.campaign = campaign_asked)
    <= due_at;

-- What the rules that turn lights had found at each month's end, as known when the month's lists
-- had been due. Stands on `memory.main.found`, which the store fills for it.
CREATE OR REPLACE MACRO finding_then(campaign_asked, day_asked, known) AS TABLE
  SELECT found.campaign, found.unit, found_on AS month_end, found_at AS moment, pack_rule.level
  FROM memory.main.found AS found
  JOIN light_moment(campaign_asked, day_asked, known) AS light
    ON light.month_end = found.found_on AND light.moment = found.found_at
  JOIN memory.main.pack_rule AS pack_rule
    ON pack_rule.campaign = found.campaign AND pack_rule.rule = found.rule
  WHERE for_lights AND found.campaign = campaign_asked
    AND (until_on IS NULL OR until_on > found_on);

-- Every instruction of a leader by the day (D22): those that a list names, and those entered in a
-- meeting (会上交办) that no list names yet. `stage` is how far it has come: 布置, 跟踪, 督查, 见效.
CREATE OR REPLACE MACRO instruction_on(campaign_asked, day_asked, known) AS TABLE
  WITH listed AS (
    FROM instruction_known(day_asked, known)
    WHERE campaign_asked IS NULL OR campaign = campaign_asked
  ),
  given AS (
    SELECT campaign, item_no, title, given_by, given_on, occasion, unit, due_on, tracked_on,
           inspected_on, effective_on, effect, upload, sheet, row
    FROM listed
    UNION ALL
    SELECT entered.campaign, item_no, title, given_by, given_on, occasion, unit, due_on, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL
    FROM store.main.meeting_instruction AS entered
    ANTI JOIN listed ON listed.campaign = entered.campaign AND listed.item_no = entered.item_no
    WHERE from_at <= coalesce(known, TIMESTAMP '9999-01-01')
      AND (until_at IS NULL OR until_at > coalesce(known, TIMESTAMP '9999-01-01'))
      AND (campaign_asked IS NULL OR entered.campaign = campaign_asked)
  )
  SELECT *,
         CASE WHEN effective_on <= day_asked THEN '见效' WHEN inspected_on <= day_asked THEN '督查'
              WHEN tracked_on <= day_asked THEN '跟踪' ELSE '布置' END AS stage,
         coalesce(effective_on <= day_asked, false) AS is_effective,
         coalesce(due_on < day_asked, false) AND NOT coalesce(effective_on <= day_asked, false)
           AS is_overdue
  FROM given WHERE given_on <= day_asked;

-- What a rule would have found by the day with these limits. Stands on `memory.main.found`, which
-- the store fills for it.
CREATE OR REPLACE MACRO finding_tried(campaign_asked, day_asked, rule_asked, limits_asked) AS TABLE
  SELECT DISTINCT subject, unit, since_on, until_on, measured_value
  FROM memory.main.found
  WHERE campaign = campaign_asked AND found_on = day_asked AND rule = rule_asked
    AND trial = limits_asked;
