-- What was published or taken back since a draft was compared, of the same ledger and of lists
-- that speak about the same units: what the draft was compared with is no longer in force.
SELECT upload.file, coalesce(upload.reviewed_by, upload.uploaded_by) AS published_by,
  greatest(newer.from_at, newer.until_at) AS changed_at
FROM store.main.slice AS drafted
JOIN store.main.upload AS draft ON draft.upload = drafted.upload
JOIN store.main.slice AS newer
  ON newer.campaign = drafted.campaign AND newer.ledger = drafted.ledger
 AND (newer.unit = drafted.unit OR newer.unit = '' OR drafted.unit = '')
 AND (newer.from_at > draft.uploaded_at OR newer.until_at > draft.uploaded_at)
JOIN store.main.upload AS upload ON upload.upload = newer.upload
WHERE drafted.upload = $upload AND drafted.from_at IS NULL
ORDER BY changed_at DESC, newer.from_at DESC LIMIT 1
