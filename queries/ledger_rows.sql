-- Which rows of any list in force hold these words?
--
-- Every row as its file gave it: each month's report of an item, the withdrawn too, checks,
-- indicators, tickets and rosters. Words are looked for in the text, the number and the unit.
-- Example: an item reported in August and September is two rows.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $words     VARCHAR    text to look for; NULL means all
--   $ledger    VARCHAR    kind of ledger; NULL means all
--   $day_from  DATE       day on or after; NULL means any
--   $day_to    DATE       day on or before; NULL means any
--
-- Returns one row per ledger row, the newest month first
--   campaign  VARCHAR  campaign slug
--   ledger    VARCHAR  kind of ledger
--   month     VARCHAR  YYYY-MM of the list; NULL in a roster
--   item_key  VARCHAR  what the row is about
--   title     VARCHAR  its text
--   unit      VARCHAR  lead unit, if there is one
--   state     VARCHAR  state or result as read, if there is one
--   day       DATE     deadline, or the day it happened
--   upload    BIGINT   upload the row came in
--   file      VARCHAR  its file
--   sheet     VARCHAR  its sheet
--   row       BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of, $unit::VARCHAR[] AS units,
    $words::VARCHAR AS words, $ledger::VARCHAR AS ledger_asked,
    $day_from::DATE AS day_from, $day_to::DATE AS day_to
),
kept AS (
  SELECT 'problems' AS kind, upload, sheet, row, period, item_key, title, unit, state, due_on AS day
  FROM store.main.problems
  UNION ALL
  SELECT 'tasks', upload, sheet, row, period, item_key, title, unit, state, due_on
  FROM store.main.tasks
  UNION ALL
  SELECT 'tickets', upload, sheet, row, period, item_key, title, unit, state, received_on
  FROM store.main.tickets
  UNION ALL
  SELECT 'checks', upload, sheet, row, period, item_key, title, unit,
    CASE WHEN is_verified THEN 'true' ELSE 'false' END, checked_on
  FROM store.main.checks
  UNION ALL
  SELECT 'indicators', upload, sheet, row, period, item_key, indicator, unit, value::VARCHAR, period
  FROM store.main.indicators
  UNION ALL
  SELECT 'units', upload, sheet, row, period, item_key, name, name, league, NULL
  FROM store.main.units
  UNION ALL
  SELECT 'communities', upload, sheet, row, period, item_key, name, NULL, street, NULL
  FROM store.main.communities
)
SELECT
  slice.campaign, kept.kind AS ledger, strftime(kept.period, '%Y-%m') AS month, kept.item_key,
  kept.title, kept.unit, kept.state, kept.day, kept.upload, upload.file, kept.sheet, kept.row
FROM kept
JOIN slice_known($known_at::TIMESTAMP) AS slice
  ON slice.upload = kept.upload AND slice.ledger = kept.kind
 AND slice.period IS NOT DISTINCT FROM kept.period
JOIN store.main.upload AS upload ON upload.upload = kept.upload
CROSS JOIN asked
WHERE (slug IS NULL OR slice.campaign = slug)
  AND (kept.period IS NULL OR kept.period <= as_of)
  AND (units IS NULL OR list_contains(units, kept.unit))
  AND (ledger_asked IS NULL OR kept.kind = ledger_asked)
  AND (words IS NULL OR contains(
    lower(concat_ws(' ', kept.title, kept.item_key, kept.unit)), lower(words)))
  AND (day_from IS NULL OR kept.day >= day_from)
  AND (day_to IS NULL OR kept.day <= day_to)
ORDER BY slice.campaign, kept.period DESC NULLS LAST, kept.kind, kept.upload, kept.sheet, kept.row
