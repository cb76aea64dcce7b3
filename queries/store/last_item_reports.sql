-- What is in force of a slice's items at a month: each item's newest report up to it. One
-- whose absence was explained is no longer missed.
WITH report AS NOT MATERIALIZED (
  FROM item_report(NULL::TIMESTAMP) AS report
  WHERE report.campaign = $campaign AND report.ledger = $ledger AND report.period <= $period::DATE
    AND ($unit = '' OR report.submitting_unit = $unit
      OR (report.submitting_unit = '' AND report.unit = $unit))
),
newest AS (
  SELECT item_key, max({'period': period, 'upload': upload}) AS place FROM report GROUP BY item_key
)
SELECT report.*
FROM report JOIN newest
  ON newest.item_key = report.item_key AND newest.place.period = report.period
 AND newest.place.upload = report.upload
WHERE report.state <> 'withdrawn'
  AND NOT EXISTS (
    FROM withdrawal_known(NULL::TIMESTAMP) AS withdrawal
    WHERE withdrawal.campaign = report.campaign AND withdrawal.ledger = report.ledger
      AND withdrawal.item_key = report.item_key
      AND withdrawal.period > report.period AND withdrawal.period <= $period::DATE)
