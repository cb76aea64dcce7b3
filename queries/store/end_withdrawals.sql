-- Take back what an upload said of vanished items: the reasons given for its list end, and
-- those it had ended (仍在办) are in force again, unless their own list was taken back or
-- their month was quoted without them since. One statement, so that neither half sees what the
-- other does.
MERGE INTO store.main.withdrawal AS kept
USING (
  SELECT own.*, false AS is_again FROM store.main.withdrawal AS own
  WHERE own.upload = $upload AND own.until_at IS NULL
  UNION ALL
  SELECT ended.*, true FROM store.main.withdrawal AS ended
  JOIN store.main.upload AS list ON list.upload = ended.upload
   AND list.status NOT IN ('undone', 'returned')
  WHERE ended.ended_by = $upload AND ended.upload <> $upload
    AND NOT EXISTS (
      FROM store.main.withdrawal AS newer
      WHERE newer.upload = ended.upload AND newer.ledger = ended.ledger
        AND newer.item_key = ended.item_key AND newer.from_at > ended.from_at)
    AND NOT EXISTS (
      FROM store.main.seal AS seal
      WHERE seal.campaign = ended.campaign AND seal.period = ended.period
        AND seal.until_at IS NULL AND seal.from_at >= ended.until_at)
) AS told
ON NOT told.is_again AND kept.upload = told.upload AND kept.ledger = told.ledger
  AND kept.item_key = told.item_key AND kept.from_at = told.from_at
WHEN MATCHED THEN UPDATE SET until_at = $moment::TIMESTAMP
WHEN NOT MATCHED THEN INSERT
  (upload, campaign, ledger, item_key, period, reason, given_by, given_at, from_at)
  VALUES (told.upload, told.campaign, told.ledger, told.item_key, told.period, told.reason,
    told.given_by, told.given_at, $moment::TIMESTAMP)
