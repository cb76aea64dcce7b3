-- What happened to items on their way, step by step?
--
-- The steps of the ledger (申请 审核 确认 抽查 退回 延期 提级 容错备案 移交 合并 拆分 …) and, without
-- asking for them twice, what other ledgers prove: checks on the spot, extensions and days of
-- application and confirmation in the list, its 提级 and 容错, its closing, and the reasons given for
-- items no longer listed. The same step on the same day appears once (B4, B10).
-- Example: 申请 on 2022-09-18, 确认 on 2022-09-20, 抽查 on 2022-10-08 with new_value 不属实.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       steps up to this day; NULL means all
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $item_key   VARCHAR    one item; NULL means all
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $step       VARCHAR[]  kinds of step; NULL means all
--
-- Returns one row per step, item by item in the order taken
--   campaign     VARCHAR  campaign slug
--   item_key     VARCHAR  who the item is
--   title        VARCHAR  what it is about
--   unit         VARCHAR  lead unit
--   step         VARCHAR  the step
--   step_on      DATE     its day
--   post         VARCHAR  the post that took it
--   old_value    VARCHAR  before; of 延期 the deadline then in force, where none is written; of a
--                         state in the list its state before
--   new_value    VARCHAR  after
--   reason       VARCHAR  the reason given
--   is_in_force  BOOLEAN  of 延期: approved in time, so that the deadline moved; of 移交 合并 拆分:
--                         it names where the item went; NULL of others
--   ledger       VARCHAR  the ledger it is known from
--   upload       BIGINT   upload the row came in
--   sheet        VARCHAR  its sheet; NULL for a reason given on the screen
--   row          BIGINT   its row there

WITH asked AS (
  SELECT $as_of::DATE AS last_day, $unit::VARCHAR[] AS units_asked,
    $league::VARCHAR AS league_asked, $dimension::VARCHAR[] AS dimensions_asked,
    $post::VARCHAR AS post_asked
),
-- Of one item its reports are read once; of all only what says what is asked for.
own_report AS MATERIALIZED (
  FROM item_report($known_at::TIMESTAMP) WHERE item_key = $item_key::VARCHAR
),
report AS NOT MATERIALIZED (
  SELECT *, {'upload': upload, 'sheet': sheet, 'row': row} AS place
  FROM (
    FROM own_report
    UNION ALL
    FROM item_report($known_at::TIMESTAMP) WHERE $item_key::VARCHAR IS NULL
  )
  WHERE $campaign::VARCHAR IS NULL OR campaign = $campaign::VARCHAR
),
-- What lists say beyond an item's progress.
marked AS NOT MATERIALIZED (
  SELECT *, {'upload': upload, 'sheet': sheet, 'row': row} AS place
  FROM report_marked($known_at::TIMESTAMP)
  WHERE ($campaign::VARCHAR IS NULL OR campaign = $campaign::VARCHAR)
    AND ($item_key::VARCHAR IS NULL OR item_key = $item_key::VARCHAR)
),
checked AS (FROM check_known($known_at::TIMESTAMP)),
stepped AS (
  SELECT steps.campaign, steps.item_key, steps.title, steps.unit, step, step_on, post, old_value,
    new_value, reason, 'steps' AS ledger, steps.upload, steps.sheet, steps.row
  FROM step_known($known_at::TIMESTAMP) AS steps
  ANTI JOIN checked
    ON step = '抽查' AND checked.campaign = steps.campaign
   AND checked.item_key = steps.item_key AND checked.checked_on = steps.step_on
),
-- The items that a step names as what another went into.
listed_key AS (
  SELECT campaign, list(DISTINCT item_key) AS keys FROM item_report($known_at::TIMESTAMP)
  WHERE item_key IN (
    SELECT unnest(named_by_step(new_value)) FROM stepped WHERE step IN ('合并', '拆分'))
  GROUP BY campaign
),
-- What lists say, each from the first that says so.
listed AS (
  SELECT campaign, ledger, item_key, '延期' AS step, extended_on AS step_on, NULL AS old_value,
    extended_to::VARCHAR AS new_value, arg_min(extension_reason, period) AS reason,
    arg_min(place, period) AS place
  FROM marked
  WHERE extended_on IS NOT NULL AND extended_to IS NOT NULL AND is_step_meant('延期', $step::VARCHAR[])
  GROUP BY campaign, ledger, item_key, extended_on, extended_to
  UNION ALL
  SELECT campaign, ledger, item_key, '申请', applied_on, NULL, NULL, NULL, arg_min(place, period)
  FROM report WHERE applied_on IS NOT NULL AND is_step_meant('申请', $step::VARCHAR[])
  GROUP BY campaign, ledger, item_key, applied_on
  UNION ALL
  SELECT campaign, ledger, item_key, '确认', confirmed_on, NULL, NULL, NULL, arg_min(place, period)
  FROM report WHERE confirmed_on IS NOT NULL AND is_step_meant('确认', $step::VARCHAR[])
  GROUP BY campaign, ledger, item_key, confirmed_on
  UNION ALL
  SELECT campaign, ledger, item_key, '自报销号', coalesce(closed_on, min(period)), NULL, NULL, NULL,
    arg_min(place, period)
  FROM report WHERE state = 'closed' AND is_step_meant('自报销号', $step::VARCHAR[])
  GROUP BY campaign, ledger, item_key, closed_on
  UNION ALL
  SELECT campaign, ledger, item_key, CASE state WHEN 'escalated' THEN '提级' ELSE '容错备案' END,
    min(period), arg_min({'state': state_before}, period).state, state, NULL, arg_min(place, period)
  FROM marked
  WHERE state IN ('escalated', 'tolerated') AND state IS DISTINCT FROM state_before
  GROUP BY campaign, ledger, item_key, state
),
told AS (
  FROM stepped
  UNION ALL
  SELECT campaign, item_key, title, unit, '抽查', checked_on, checker_post, NULL,
    CASE WHEN is_verified THEN '属实' ELSE '不属实' END, note, 'checks', upload, sheet, row
  FROM checked
  UNION ALL
  -- Where the ledger of steps tells the same, the list adds nothing.
  SELECT campaign, item_key, NULL, NULL, step, step_on, NULL, old_value, new_value, reason, ledger,
    place.upload, place.sheet, place.row
  FROM listed ANTI JOIN stepped
    ON stepped.campaign = listed.campaign AND stepped.item_key = listed.item_key
   AND stepped.step = listed.step
   AND (stepped.step_on = listed.step_on OR listed.step IN ('提级', '容错备案'))
  UNION ALL
  SELECT campaign, item_key, NULL, NULL, reason, shanghai_day(given_at), given_by, NULL, NULL, NULL,
    ledger, upload, NULL, NULL
  FROM withdrawal_known($known_at::TIMESTAMP)
),
taken AS (
  FROM told
  WHERE ($campaign::VARCHAR IS NULL OR campaign = $campaign::VARCHAR)
    AND ($item_key::VARCHAR IS NULL OR item_key = $item_key::VARCHAR)
    AND is_step_meant(step, $step::VARCHAR[])
),
-- Only of items that are not marked the reports are read.
item AS (
  SELECT campaign, item_key, any_value(title) AS title, any_value(unit) AS unit,
    any_value(dimension) AS dimension, any_value(original_due_on) AS original_due_on
  FROM marked GROUP BY campaign, item_key
  UNION ALL
  SELECT campaign, item_key, arg_max(title, period), arg_max(unit, period),
    arg_max(dimension, period), first_deadline(due_on, is_due_derived, period)
  FROM report SEMI JOIN (FROM taken ANTI JOIN marked USING (campaign, item_key)) AS unmarked
    USING (campaign, item_key)
  GROUP BY campaign, item_key
),
dated AS (
  SELECT taken.* REPLACE (
      coalesce(item.title, taken.title) AS title, coalesce(item.unit, taken.unit) AS unit),
    CASE WHEN step = '延期' THEN day_named(new_value) END AS moved_to,
    list({'approved_on': step_on, 'moved_to': day_named(new_value)})
      FILTER (step = '延期' AND day_named(new_value) IS NOT NULL)
      OVER (PARTITION BY taken.campaign, taken.item_key) AS extensions,
    original_due_on, item.dimension
  FROM taken LEFT JOIN item USING (campaign, item_key)
),
judged AS (
  SELECT *, CASE WHEN step = '延期' THEN coalesce(extended_deadline(
      original_due_on,
      list_filter(extensions, lambda extension: extension.approved_on < step_on),
      step_on), original_due_on) END AS deadline_before
  FROM dated
)
SELECT
  judged.campaign, judged.item_key, title, judged.unit, step, step_on, post,
  coalesce(old_value, deadline_before::VARCHAR) AS old_value, new_value, reason,
  CASE WHEN step = '延期'
       THEN coalesce(step_on <= deadline_before AND moved_to > deadline_before, false)
       WHEN step IN ('移交', '合并', '拆分') AND judged.ledger = 'steps'
       THEN coalesce(CASE step WHEN '移交' THEN new_value <> '' ELSE
         list_has_any(list_filter(named_by_step(new_value), lambda word: word <> item_key), keys) END,
         false) END
    AS is_in_force,
  ledger, judged.upload, judged.sheet, judged.row
FROM judged CROSS JOIN asked
LEFT JOIN listed_key ON listed_key.campaign = judged.campaign
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
  ON roster.campaign = judged.campaign AND roster.unit = judged.unit
WHERE (last_day IS NULL OR step_on <= last_day)
  AND (units_asked IS NULL OR list_contains(units_asked, judged.unit))
  AND (league_asked IS NULL OR league = league_asked)
  AND (dimensions_asked IS NULL OR list_contains(dimensions_asked, dimension))
  AND (post_asked IS NULL OR leader_post = post_asked)
ORDER BY judged.campaign, judged.item_key, step_on,
  list_position(['申请', '审核', '确认', '自报销号', '抽查', '退回'], step) NULLS FIRST,
  judged.upload, judged.row, step
