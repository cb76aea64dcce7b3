-- What is in force of a slice's items at a month: each item's newest report up to it, and
-- whether the newest list still names the item.
SELECT * EXCLUDE (recency, newest_period), period = newest_period AS is_listed FROM (
  SELECT report.*, max(period) OVER () AS newest_period,
    row_number() OVER (PARTITION BY item_key ORDER BY period DESC, upload DESC) AS recency
  FROM item_report(NULL::TIMESTAMP) AS report
  WHERE report.campaign = $campaign AND report.ledger = $ledger AND report.period <= $period::DATE
    AND ($unit = '' OR report.submitting_unit = $unit
      OR (report.submitting_unit = '' AND report.unit = $unit))
)
WHERE recency = 1 AND state <> 'withdrawn'
