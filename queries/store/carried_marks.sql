-- What the lists in force of a campaign say they took over from another one.
SELECT DISTINCT carried_from
FROM (
  SELECT 'problems' AS ledger, upload, period, carried_from FROM store.main.problems
  UNION ALL
  SELECT 'tasks', upload, period, carried_from FROM store.main.tasks
) AS rows_kept
JOIN slice_known(NULL::TIMESTAMP) AS slice
  ON slice.upload = rows_kept.upload AND slice.ledger = rows_kept.ledger
 AND slice.period = rows_kept.period
WHERE slice.campaign = $campaign AND carried_from IS NOT NULL
