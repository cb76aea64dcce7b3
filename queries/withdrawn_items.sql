-- Which items are no longer counted, for which reason, and who gave it?
--
-- Reasons in force, given for a list that no longer names the item or by a step of 合并, 移交 (to
-- nobody in the campaign) or 拆分; one whose item a list of that month (of a step: of a later one)
-- names again is not listed, for the item counts again.
-- Example: 重复 given for September's list: month 2022-09, reason 重复.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $unit      VARCHAR[]  lead units; NULL means all
--
-- Returns one row per item, newest reason first
--   campaign  VARCHAR    campaign slug
--   ledger    VARCHAR    problems or tasks
--   item_key  VARCHAR    who the item is
--   title     VARCHAR    what it is about
--   unit      VARCHAR    lead unit
--   reason    VARCHAR    合并, 移交, 撤销, 重复 or 拆分
--   into      VARCHAR    where it went, as the step says; NULL of a reason for a list
--   month     VARCHAR    month from which on it is not counted, YYYY-MM
--   upload    BIGINT     list in force that no longer names it, or upload of the step
--   sheet     VARCHAR    sheet of the step; NULL of a reason for a list
--   row       BIGINT     its row there
--   given_by  VARCHAR    who gave the reason; of a step the post that took it
--   given_at  TIMESTAMP  when it was given or the step came (UTC)

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of, $unit::VARCHAR[] AS units
),
withdrawal AS (
  SELECT withdrawn.* FROM withdrawal_known(NULL::TIMESTAMP) AS withdrawn CROSS JOIN asked
  WHERE (slug IS NULL OR withdrawn.campaign = slug) AND withdrawn.period <= as_of
),
report AS (
  SELECT report.campaign, report.ledger, report.item_key, max(report.period) AS last_period,
    arg_max(report.title, report.period) AS title, arg_max(report.unit, report.period) AS unit
  FROM item_report(NULL::TIMESTAMP) AS report CROSS JOIN asked
  WHERE report.period <= as_of
  GROUP BY ALL
),
-- A list corrected since stands in another upload than the reason was given for.
list_now AS (
  SELECT DISTINCT sent.upload AS given_for, sent.ledger, sent.period, current.upload
  FROM store.main.slice AS sent
  JOIN slice_known(NULL::TIMESTAMP) AS current USING (campaign, ledger, period, unit)
),
stepped AS (
  SELECT item.campaign, item.ledger, item.item_key, item.title, item.unit, steps.step,
    steps.new_value, steps.step_on, steps.upload, steps.sheet, steps.row, steps.post,
    upload.uploaded_at
  FROM item_stated([$as_of::DATE], NULL::TIMESTAMP) AS item
  JOIN step_known(NULL::TIMESTAMP) AS steps
    ON steps.campaign = item.campaign AND steps.item_key = item.item_key
   AND steps.upload = item.gone.upload AND steps.row = item.gone.row
  JOIN store.main.upload AS upload ON upload.upload = steps.upload
)
SELECT
  withdrawal.campaign, withdrawal.ledger, withdrawal.item_key, report.title, report.unit,
  withdrawal.reason, NULL AS "into", strftime(withdrawal.period, '%Y-%m') AS month,
  coalesce(list_now.upload, withdrawal.upload) AS upload, NULL AS sheet, NULL::BIGINT AS row,
  withdrawal.given_by, withdrawal.given_at
FROM withdrawal
CROSS JOIN asked
JOIN report
  ON report.campaign = withdrawal.campaign AND report.ledger = withdrawal.ledger
 AND report.item_key = withdrawal.item_key AND report.last_period < withdrawal.period
LEFT JOIN list_now
  ON list_now.given_for = withdrawal.upload AND list_now.ledger = withdrawal.ledger
 AND list_now.period = withdrawal.period
WHERE units IS NULL OR list_contains(units, report.unit)
UNION ALL
SELECT
  stepped.campaign, stepped.ledger, stepped.item_key, stepped.title, stepped.unit, step, new_value,
  strftime(step_on, '%Y-%m'), stepped.upload, sheet, row, post, uploaded_at
FROM stepped CROSS JOIN asked
WHERE (slug IS NULL OR stepped.campaign = slug)
  AND (units IS NULL OR list_contains(units, stepped.unit))
ORDER BY given_at DESC, item_key
