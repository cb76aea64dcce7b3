-- The stretches that hold the days: from the last day on which anything was said of the campaign's
-- items to the day before the next (`until_on` itself is no longer part). One row a stretch, with
-- the latest of the days in it.
WITH said AS (
  SELECT unnest([period, extended_on, closed_on]) AS said_on
  FROM (SELECT DISTINCT period, extended_on, closed_on FROM item_report(NULL::TIMESTAMP)
        WHERE campaign = $campaign::VARCHAR)
  UNION
  SELECT step_on FROM step_known(NULL::TIMESTAMP) WHERE campaign = $campaign::VARCHAR
  UNION
  SELECT checked_on FROM check_known(NULL::TIMESTAMP) WHERE campaign = $campaign::VARCHAR
  UNION
  SELECT period FROM withdrawal_known(NULL::TIMESTAMP) WHERE campaign = $campaign::VARCHAR
  UNION
  SELECT period FROM slice_known(NULL::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND ledger IN ('problems', 'tasks')
),
day AS (SELECT DISTINCT unnest($days::DATE[]) AS asked_on)
SELECT max(asked_on) AS asked_on, from_on, until_on
FROM (
  SELECT asked_on,
    coalesce(max(said_on) FILTER (said_on <= asked_on), DATE '0001-01-01') AS from_on,
    coalesce(min(said_on) FILTER (said_on > asked_on), DATE '9999-12-31') AS until_on
  FROM day LEFT JOIN said ON true GROUP BY asked_on
)
GROUP BY from_on, until_on
ORDER BY from_on
