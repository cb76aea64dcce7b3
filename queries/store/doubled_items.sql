-- Items that an upload just put in force and another list of the same month both name.
SELECT own.item_key, any_value(upload.file) AS file
FROM item_report(NULL::TIMESTAMP) AS own
JOIN item_report(NULL::TIMESTAMP) AS other
  ON other.campaign = own.campaign AND other.ledger = own.ledger AND other.period = own.period
 AND other.item_key = own.item_key
JOIN store.main.upload AS upload ON upload.upload = other.upload
WHERE own.upload = $upload AND own.state <> 'withdrawn'
  AND other.upload <> $upload AND other.state <> 'withdrawn'
GROUP BY own.item_key
ORDER BY own.item_key
