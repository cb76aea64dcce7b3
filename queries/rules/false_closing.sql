-- Which items were reported closed and found false by a check on the spot?
--
-- D10 (3), 假销号: a check found false what the lists had reported closed. It holds until the item
-- is closed anew, or a later check finds it true; a later check that finds it false again is a
-- finding of its own and ends this one. A check of what was open says nothing of a closing.
-- Example: reported closed on 10 August, found false on 20 August, closed anew on 5 September:
-- found since 20 August until 5 September.
--
-- Parameters
--   $campaign             VARCHAR    campaign slug
--   $as_of                DATE       the day the question is asked
--   $known_at             TIMESTAMP  as it was known then (UTC); NULL means now
--   $is_enterprises_only  BOOLEAN    only items that name an enterprise
--
-- Returns one row per item and check that found it false, with the check's row
--   subject         VARCHAR  the item's number, or its title where it has none
--   detail          VARCHAR  its title
--   unit            VARCHAR  unit in charge
--   since_on        DATE     the day of the check
--   until_on        DATE     the day it was put right, or found false again; NULL while it is not
--   measured_value  DOUBLE   how often it was found false by then
--   threshold       DOUBLE   always NULL
--   remark          VARCHAR  that no list names the item any more; else NULL
--   upload          BIGINT   upload the check is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH told AS (
  SELECT ledger, item_key, arg_max(item_no, period) AS item_no, arg_max(title, period) AS title,
         arg_max(unit, period) AS unit, bool_or(enterprise IS NOT NULL) AS has_enterprise
  FROM item_report($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND period <= $as_of::DATE GROUP BY ALL
),
failed AS (
  SELECT ledger, item_key, checked_on, upload, sheet, row,
         row_number() OVER checks AS false_number, lead(checked_on) OVER checks AS next_on
  FROM closing_check($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND was_closed AND NOT is_verified
    AND checked_on <= $as_of::DATE
  WINDOW checks AS (PARTITION BY ledger, item_key ORDER BY checked_on, upload, row)
),
item AS (
  SELECT ledger, item_key, is_closed, closed_at_on, checked_on AS last_checked_on
  FROM item_on([$as_of::DATE], $known_at::TIMESTAMP) WHERE campaign = $campaign::VARCHAR
)
SELECT
  coalesce(told.item_no, told.title) AS subject, told.title AS detail, told.unit,
  failed.checked_on AS since_on,
  coalesce(failed.next_on, CASE WHEN item.is_closed THEN CASE
    WHEN item.closed_at_on > failed.checked_on THEN item.closed_at_on
    ELSE item.last_checked_on END END) AS until_on,
  false_number::DOUBLE AS measured_value, NULL::DOUBLE AS threshold,
  CASE WHEN item.item_key IS NULL THEN '台账已不再列出' END AS remark,
  failed.upload, failed.sheet, failed.row
FROM failed
JOIN told ON told.ledger = failed.ledger AND told.item_key = failed.item_key
LEFT JOIN item ON item.ledger = failed.ledger AND item.item_key = failed.item_key
WHERE told.has_enterprise OR NOT $is_enterprises_only::BOOLEAN
ORDER BY since_on, subject
