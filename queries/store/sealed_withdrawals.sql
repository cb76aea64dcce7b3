-- The reasons in force among these items' that count from a sealed month on.
SELECT withdrawal.item_key, withdrawal.period, seal.quoted_in
FROM store.main.withdrawal AS withdrawal
JOIN store.main.seal AS seal
  ON seal.campaign = withdrawal.campaign AND seal.period = withdrawal.period
 AND seal.until_at IS NULL
WHERE withdrawal.campaign = $campaign AND withdrawal.ledger = $ledger
  AND withdrawal.until_at IS NULL
  AND withdrawal.item_key IN (SELECT unnest($keys::VARCHAR[]))
ORDER BY withdrawal.item_key, seal.quoted_in
