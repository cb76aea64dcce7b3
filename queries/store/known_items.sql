-- Every item of a campaign that any list in force named, with its words: what checks, steps and
-- milestones can be about.
SELECT DISTINCT item_key, title, unit FROM item_report(NULL::TIMESTAMP) WHERE campaign = $campaign
UNION
SELECT item_key, title, rows_kept.unit
FROM (
  SELECT 'clues' AS ledger, upload, period, item_key, title, unit FROM store.main.clues
  UNION ALL
  SELECT 'refusals', upload, period, item_key, title, unit FROM store.main.refusals
  UNION ALL
  SELECT 'failures', upload, period, item_key, title, unit FROM store.main.failures
) AS rows_kept
JOIN slice_known(NULL::TIMESTAMP) AS slice
  ON slice.upload = rows_kept.upload AND slice.ledger = rows_kept.ledger
 AND slice.period = rows_kept.period
WHERE slice.campaign = $campaign
