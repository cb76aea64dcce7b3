-- Bring back what an upload replaced: for each of its slices in force, the one it ended.
INSERT INTO store.main.slice
SELECT ended.upload, ended.campaign, ended.ledger, ended.period, ended.unit, ended.row_count,
  $moment::TIMESTAMP, NULL, NULL
FROM store.main.slice AS ended
JOIN store.main.slice AS current
  ON current.campaign = ended.campaign AND current.ledger = ended.ledger
 AND current.period IS NOT DISTINCT FROM ended.period AND current.unit = ended.unit
WHERE current.upload = $upload AND current.from_at IS NOT NULL AND current.until_at IS NULL
  AND ended.ended_by = $upload
