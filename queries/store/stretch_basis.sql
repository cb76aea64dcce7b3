-- What the items of a campaign stand on, on each of the days: a hash of all that is in force and
-- was said by then, and the next day for which anything of it was said.
WITH said AS (
  SELECT ledger, upload, period, unit, from_at, is_added, period AS said_on
  FROM slice_known(NULL::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND ledger IN ('problems', 'tasks')
  UNION ALL
  SELECT ledger, slice.upload, slice.period, slice.unit, from_at, is_added, min(step_on)
  FROM slice_known(NULL::TIMESTAMP) AS slice JOIN store.main.steps AS steps
    ON steps.upload = slice.upload AND steps.period = slice.period
  WHERE campaign = $campaign::VARCHAR AND ledger = 'steps' GROUP BY ALL
  UNION ALL
  SELECT ledger, slice.upload, slice.period, slice.unit, from_at, is_added, min(checked_on)
  FROM slice_known(NULL::TIMESTAMP) AS slice JOIN store.main.checks AS checks
    ON checks.upload = slice.upload AND checks.period = slice.period
  WHERE campaign = $campaign::VARCHAR AND ledger = 'checks' GROUP BY ALL
  UNION ALL
  SELECT ledger, upload, period, unit, from_at, is_added, DATE '0001-01-01'
  FROM slice_known(NULL::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND ledger = 'units'
  UNION ALL
  SELECT ledger, upload, period, item_key, from_at, false, period
  FROM withdrawal_known(NULL::TIMESTAMP) WHERE campaign = $campaign::VARCHAR
)
SELECT day.asked_on,
  md5(coalesce(string_agg(
    concat_ws('|', ledger, upload, period, unit, from_at, is_added), chr(10)
    ORDER BY ledger, upload, period, unit, from_at) FILTER (said_on <= day.asked_on), ''))
    AS stands_on,
  min(said_on) FILTER (said_on > day.asked_on) AS next_on
FROM (SELECT DISTINCT unnest($days::DATE[]) AS asked_on) AS day LEFT JOIN said ON true
GROUP BY day.asked_on
