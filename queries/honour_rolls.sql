-- Who is on the red list and who on the black one, by which published rule, and why?
--
-- D2: the red list is what rules of level good found in the time, the black list what red ones did.
-- A finding withdrawn, or that the data do not bear out any more, puts nobody on a list. The text
-- names three arenas and no rule: the rules are the office's own, and an arena is named by what
-- the rule looks at (its list, works or leagues). Ties and what is within chance stand in remark.
-- Example: 优化办 has two red findings of 严重超期 since 1 September: one row, finding_count 2, the
-- sentence of the newest.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $first_on  DATE       findings that began on or after it; NULL means all
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per list, unit and rule; the red list first
--   roll           VARCHAR  红榜 or 黑榜
--   arena          VARCHAR  what the rule looks at; NULL when it looks at everything
--   unit           VARCHAR  unit
--   league         VARCHAR  its league
--   rule           VARCHAR  rule
--   mechanism      VARCHAR  which mechanism of the plans it is
--   clause         VARCHAR  where the rule is from
--   consequence    VARCHAR  what follows
--   finding_count  BIGINT   findings
--   is_holding     BOOLEAN  one of them still holds
--   since_on       DATE     the newest began on this day
--   subject        VARCHAR  its subject, for its evidence
--   sentence       VARCHAR  it in a sentence
--   remark         VARCHAR  what must be said beside them: tied, within chance, few cases; NULL

WITH rule AS (
  SELECT campaign, rule, position,
         nullif(concat_ws('、', limits ->> '$.list',
           nullif(array_to_string((limits -> '$.works')::VARCHAR[], '、'), ''),
           nullif(array_to_string((limits -> '$.leagues')::VARCHAR[], '、'), '')), '') AS arena
  FROM memory.main.pack_rule
),
entry AS (
  SELECT found.*, rule.arena, rule.position AS rule_place, roster.league,
         roster.position AS unit_place,
         CASE WHEN level = 'good' THEN '红榜' ELSE '黑榜' END AS roll
  FROM finding_tallied($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS found
  JOIN rule ON rule.campaign = found.campaign AND rule.rule = found.rule
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = found.campaign AND roster.unit = found.unit
  WHERE found.campaign = $campaign::VARCHAR AND level IN ('good', 'red')
    AND status NOT IN ('withdrawn', 'gone') AND found.unit IS NOT NULL
    AND ($first_on::DATE IS NULL OR since_on >= $first_on::DATE)
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], found.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
)
SELECT
  roll, any_value(arena) AS arena, unit, any_value(league) AS league, rule,
  any_value(mechanism) AS mechanism, any_value(clause) AS clause,
  any_value(consequence) AS consequence, tallied(alike_count, true) AS finding_count,
  bool_or(is_holding) AS is_holding, max(since_on) AS since_on,
  arg_max(last_subject, (since_on, last_subject)) AS subject,
  arg_max(last_sentence, (since_on, last_subject)) AS sentence,
  string_agg(DISTINCT remark, '；' ORDER BY remark) AS remark
FROM entry
GROUP BY roll, rule, unit
ORDER BY roll, arena NULLS FIRST, any_value(rule_place), finding_count DESC,
  any_value(unit_place), unit
