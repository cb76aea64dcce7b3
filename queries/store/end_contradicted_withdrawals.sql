-- Take back, in the name of an upload just put in force, the reasons of its month for items that
-- the list it replaces had named since and it drops again: why is not said yet.
UPDATE store.main.withdrawal SET until_at = $moment::TIMESTAMP, ended_by = $upload::BIGINT
WHERE until_at IS NULL
  AND (campaign, ledger, item_key, period, upload, from_at) IN (
    SELECT (reason.campaign, reason.ledger, reason.item_key, reason.period, reason.upload,
      reason.from_at)
    FROM store.main.withdrawal AS reason
    JOIN item_report($moment::TIMESTAMP - INTERVAL 1 MICROSECOND) AS named
      ON named.campaign = reason.campaign AND named.ledger = reason.ledger
     AND named.item_key = reason.item_key AND named.period = reason.period
    JOIN store.main.slice AS ended
      ON ended.upload = named.upload AND ended.ledger = named.ledger
     AND ended.period = named.period
    LEFT JOIN item_report(NULL::TIMESTAMP) AS own
      ON own.upload = $upload::BIGINT AND own.ledger = reason.ledger
     AND own.item_key = reason.item_key AND own.period = reason.period
    WHERE reason.until_at IS NULL AND named.state <> 'withdrawn' AND own.item_key IS NULL
      AND ended.ended_by = $upload::BIGINT AND ended.from_at > reason.from_at)
