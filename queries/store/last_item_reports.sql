-- What is in force of a slice's items at a month: each item's newest report up to it, in the
-- order of the files. One whose absence was explained is no longer missed.
SELECT * EXCLUDE (recency) FROM (
  SELECT report.*,
    row_number() OVER (PARTITION BY item_key ORDER BY period DESC, upload DESC) AS recency
  FROM item_report(NULL::TIMESTAMP) AS report
  WHERE report.campaign = $campaign AND report.ledger = $ledger AND report.period <= $period::DATE
    AND ($unit = '' OR report.submitting_unit = $unit
      OR (report.submitting_unit = '' AND report.unit = $unit))
) AS latest
WHERE recency = 1 AND state <> 'withdrawn'
  AND NOT EXISTS (
    FROM withdrawal_known(NULL::TIMESTAMP) AS withdrawal
    WHERE withdrawal.campaign = latest.campaign AND withdrawal.ledger = latest.ledger
      AND withdrawal.item_key = latest.item_key
      AND withdrawal.period > latest.period AND withdrawal.period <= $period::DATE)
ORDER BY upload, sheet, row
