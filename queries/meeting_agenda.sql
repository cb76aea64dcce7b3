-- What is to be talked about in the meeting, in which order?
--
-- What needs a decision in this room (提级) goes before what is for information. A decision need:
-- items that were escalated; red findings nobody has acted on, and findings whose slip, written
-- report or rectification is past its day; instructions past their day; extensions asked for and
-- not approved; 容错 first reported in the month asked about. Within each: red, amber, blue; then in
-- that order of kinds; the longest first. Findings of one rule and items of one sort are one entry
-- a unit. A unit's overdue items stand for information where no rule about them does.
-- Example: 3 escalated items of 甲部, the first since August: one entry, entry_count 3, before every
-- finding that is only amber.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  units that answer for it; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions of items; NULL means all
--   $post       VARCHAR    leader in charge; NULL means all
--
-- Returns one row per entry, in the order of the meeting
--   position     BIGINT   1 is the first
--   entry        VARCHAR  kind, rule and unit: what tells entries apart
--   kind         VARCHAR  escalated, finding, instruction, extension, tolerated, overdue or
--                         unreported
--   is_decision  BOOLEAN  a decision is needed; else for information
--   need         VARCHAR  why, in words
--   level        VARCHAR  red, amber or blue
--   unit         VARCHAR  unit that answers for it; NULL when none or several do
--   leader_post  VARCHAR  leader in charge of that unit
--   sentence     VARCHAR  what is the matter; of several the longest standing
--   since_on     DATE     since when
--   open_days    BIGINT   days from then to the day asked
--   entry_count  BIGINT   items, findings, instructions or units in it
--   rule         VARCHAR  rule; NULL of what no rule found
--   subject      VARCHAR  whom or what the finding is about; NULL of what no rule found
--   consequence  VARCHAR  what follows by the rule
--   clause       VARCHAR  where the rule is from; of an instruction who gave it
--   item_key     VARCHAR  the item, of escalated, extension, tolerated and overdue; NULL

WITH roster AS (
  FROM unit_known($known_at::TIMESTAMP) WHERE campaign = $campaign::VARCHAR
),
item AS NOT MATERIALIZED (
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE NOT is_closed
),
-- Since which month's list an item stands in its state.
state_since AS (
  SELECT report.ledger, report.item_key, report.state, min(report.period) AS since_on
  FROM report_marked($known_at::TIMESTAMP) AS report
  WHERE campaign = $campaign::VARCHAR AND period <= $as_of::DATE
    AND state IN ('escalated', 'tolerated')
  GROUP BY ALL
),
finding AS (
  FROM finding_tallied($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  -- What a graver rule of the same kind found is not told a second time.
  WHERE is_open AND level <> 'good' AND NOT is_outdone
),
-- What a rule found of a unit's overdue items stands for them: only of other units each is looked at.
overdue_unit AS (
  SELECT DISTINCT unit
  FROM tally_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  WHERE is_overdue
    AND coalesce(unit, '') NOT IN (SELECT unit FROM finding WHERE kind = 'overdue_long' AND unit <> '')
),
raised AS (
  SELECT 'finding' AS kind, rule, unit, level, need, first_sentence AS sentence, since_on,
    first_subject AS subject, consequence, clause, NULL AS item_key, alike_count
  FROM finding
  UNION ALL
  SELECT state, NULL, unit, CASE state WHEN 'escalated' THEN 'red' ELSE 'amber' END,
    CASE WHEN state = 'escalated' THEN '提级事项'
         WHEN state_since.since_on >= date_trunc('month', $as_of::DATE) THEN '容错待定' END,
    title, state_since.since_on, NULL, NULL, NULL, item_key, 1
  FROM item JOIN state_since USING (ledger, item_key, state)
  UNION ALL
  SELECT 'extension', NULL, unit, 'amber', '申请延期待批',
    title || '，申请延至' || coalesce(strftime(extended_to, '%-m月%-d日'), '（未写日期）'),
    period, NULL, NULL, extension_reason, item_key, 1
  FROM item
  WHERE (extended_to IS NOT NULL OR extension_reason <> '') AND extended_on IS NULL
    AND state NOT IN ('escalated', 'tolerated')
  UNION ALL
  SELECT 'instruction', item_no, unit, 'red', '交办逾期', title, due_on + 1, NULL, NULL,
    concat_ws(' ', given_by, occasion), NULL, 1
  FROM instruction_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS told
  WHERE is_overdue AND NOT EXISTS (
    FROM finding_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS found
    WHERE found.kind LIKE 'instruction%' AND found.level = 'red' AND found.is_open
      AND found.subject IN (told.item_no, told.title))
  UNION ALL
  SELECT 'overdue', NULL, unit, 'amber', NULL, title, due_on + 1, NULL, NULL, NULL, item_key, 1
  FROM item SEMI JOIN overdue_unit ON overdue_unit.unit IS NOT DISTINCT FROM item.unit
  WHERE is_overdue
),
grouped AS (
  SELECT kind, rule, unit, level, need IS NOT NULL AS is_decision, min(need) AS need,
    tallied(alike_count, true) AS entry_count, min(since_on) AS since_on,
    arg_min(sentence, (since_on, sentence)) AS sentence,
    arg_min(subject, (since_on, sentence)) AS subject,
    any_value(consequence) AS consequence, any_value(clause) AS clause,
    arg_min(item_key, (since_on, sentence)) AS item_key
  FROM raised GROUP BY kind, CASE WHEN kind = 'instruction' THEN sentence END, rule, unit, level,
    need IS NOT NULL
),
silent AS (
  SELECT count(*) AS entry_count, string_agg(reported.unit, '、' ORDER BY roster.position) AS names
  FROM unit_reported($as_of::DATE, $known_at::TIMESTAMP) AS reported
  JOIN roster ON roster.unit = reported.unit
  WHERE reported.campaign = $campaign::VARCHAR AND NOT is_reported
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], reported.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
),
listed AS (
  SELECT grouped.*, roster.leader_post
  FROM grouped LEFT JOIN roster ON roster.unit = grouped.unit
  WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], grouped.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
  UNION ALL BY NAME
  SELECT 'unreported' AS kind, 'amber' AS level, false AS is_decision, entry_count,
    names || '未报' || strftime($as_of::DATE, '%-m月') || '台账' AS sentence,
    date_trunc('month', $as_of::DATE)::DATE AS since_on
  FROM silent WHERE entry_count > 0
)
SELECT
  row_number() OVER (ORDER BY is_decision DESC,
    list_position(['red', 'amber', 'blue'], level),
    list_position(
      ['escalated', 'finding', 'instruction', 'extension', 'tolerated', 'overdue', 'unreported'],
      kind),
    since_on, entry_count DESC, unit, rule, sentence) AS position,
  concat_ws('·', kind, rule, unit, CASE WHEN kind = 'finding' THEN level END,
    CASE WHEN is_decision THEN '请决定' END, CASE WHEN kind = 'instruction' THEN sentence END) AS entry,
  kind, is_decision, need, level, unit, leader_post,
  CASE kind WHEN 'instruction' THEN sentence || '，交办已逾期' || ($as_of::DATE - since_on + 1) || '天'
       WHEN 'escalated' THEN '提级：' || sentence WHEN 'tolerated' THEN '容错备案：' || sentence
       WHEN 'overdue' THEN '逾期' || ($as_of::DATE - since_on + 1) || '天：' || sentence
       ELSE sentence END AS sentence,
  since_on, $as_of::DATE - since_on AS open_days, entry_count, CASE WHEN kind = 'finding' THEN rule END AS rule,
  subject, consequence, clause, item_key
FROM listed
ORDER BY position
