-- The newest publication of the same ledger and unit since a draft was compared: what the
-- draft was compared with is no longer in force.
SELECT upload.file, coalesce(upload.reviewed_by, upload.uploaded_by) AS published_by, newer.from_at
FROM store.main.slice AS drafted
JOIN store.main.upload AS draft ON draft.upload = drafted.upload
JOIN store.main.slice AS newer
  ON newer.campaign = drafted.campaign AND newer.ledger = drafted.ledger
 AND newer.unit = drafted.unit AND newer.from_at > draft.uploaded_at AND newer.until_at IS NULL
JOIN store.main.upload AS upload ON upload.upload = newer.upload
WHERE drafted.upload = $upload AND drafted.from_at IS NULL
ORDER BY newer.from_at DESC LIMIT 1
