-- Items that an upload just put in force and another list of the same month both name.
SELECT report.item_key, any_value(upload.file) FILTER (report.upload <> $upload) AS file
FROM item_report(NULL::TIMESTAMP) AS report
JOIN store.main.upload AS upload ON upload.upload = report.upload
WHERE (report.campaign, report.ledger, report.period) IN (
  SELECT (campaign, ledger, period) FROM store.main.slice WHERE upload = $upload)
  AND report.state <> 'withdrawn'
GROUP BY report.campaign, report.ledger, report.period, report.item_key
HAVING count(*) > 1 AND bool_or(report.upload = $upload)
ORDER BY report.item_key
