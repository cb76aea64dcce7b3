-- Items of other units' lists of the same month, by the keys they go by; a unit that hands
-- an item over may leave its number to the next.
SELECT DISTINCT report.item_key, report.title, report.submitting_unit
FROM item_report(NULL::TIMESTAMP) AS report
WHERE report.campaign = $campaign AND report.ledger = $ledger AND report.period = $period::DATE
  AND report.submitting_unit <> $unit AND report.state <> 'withdrawn'
ORDER BY report.item_key
