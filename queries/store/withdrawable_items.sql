-- The items among these keys that an upload's list in force should name and does not, open
-- as last reported, with that list's month; NULL for the ledger means each of its lists.
WITH listed AS (
  SELECT slice.campaign, slice.ledger, slice.period, slice.unit
  FROM store.main.slice AS slice
  WHERE slice.upload = $upload AND slice.from_at IS NOT NULL AND slice.until_at IS NULL
    AND ($ledger::VARCHAR IS NULL OR slice.ledger = $ledger::VARCHAR)
),
newest AS (
  SELECT listed.campaign, listed.ledger, listed.period, listed.unit AS list_unit, report.item_key,
    max(report.period) AS last_period,
    arg_max(report.state, (report.period, report.upload)) AS state,
    arg_max(report.unit, (report.period, report.upload)) AS lead_unit,
    arg_max(report.submitting_unit, (report.period, report.upload)) AS submitting_unit
  FROM listed
  JOIN item_report(NULL::TIMESTAMP) AS report
    ON report.campaign = listed.campaign AND report.ledger = listed.ledger
   AND report.period <= listed.period
  WHERE report.item_key IN (SELECT unnest($keys::VARCHAR[]))
  GROUP BY ALL
)
SELECT item_key, campaign, ledger, max(period) AS period
FROM newest
WHERE last_period < period AND state NOT IN ('closed', 'withdrawn')
  AND list_unit IN ('', submitting_unit, lead_unit)
GROUP BY ALL
ORDER BY item_key, ledger
