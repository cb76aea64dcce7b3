-- Bring back what an upload replaced: for each of its slices in force, the one that was in
-- force last and whose upload was not itself taken back.
INSERT INTO store.main.slice
SELECT before.upload, before.campaign, before.ledger, before.period, before.unit,
  before.row_count, $moment::TIMESTAMP, NULL, NULL
FROM store.main.slice AS current
JOIN store.main.slice AS before
  ON before.campaign = current.campaign AND before.ledger = current.ledger
 AND before.period IS NOT DISTINCT FROM current.period AND before.unit = current.unit
 AND before.upload <> current.upload AND before.until_at IS NOT NULL
JOIN store.main.upload AS upload ON upload.upload = before.upload AND upload.status NOT IN ('undone', 'returned')
WHERE current.upload = $upload AND current.from_at IS NOT NULL AND current.until_at IS NULL
QUALIFY row_number() OVER (
  PARTITION BY before.campaign, before.ledger, before.period, before.unit
  ORDER BY before.until_at DESC, before.upload DESC) = 1
