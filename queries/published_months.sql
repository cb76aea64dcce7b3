-- Which months of a campaign have a published list?
--
-- The newest month of a list of state (of any list where there is none) sets the day that
-- questions are asked on when none is given: the earlier of today and its last day. A
-- single check dated into the next month does not move it.
-- Figures reach back for decades and ranks to the quarters before; their months count from the
-- campaign's first.
-- Example: lists of July and August: two rows.
--
-- Scope: open
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per month, newest first
--   campaign    VARCHAR  campaign slug
--   month       DATE     first day of the month
--   ledgers     VARCHAR  ledgers that came in, joined by commas
--   is_default  BOOLEAN  the month that is shown when none is chosen
--   is_sample   BOOLEAN  demonstration data is in force

WITH asked AS (SELECT $campaign::VARCHAR AS slug)
SELECT slice.campaign, period AS month, string_agg(DISTINCT ledger, ',' ORDER BY ledger) AS ledgers,
  row_number() OVER (
    PARTITION BY slice.campaign
    ORDER BY bool_or(ledger IN ('problems', 'tasks', 'indicators')) DESC, period DESC
  ) = 1 AS is_default,
  bool_or(upload.is_sample) AS is_sample
FROM slice_known($known_at::TIMESTAMP) AS slice
JOIN store.main.upload AS upload ON upload.upload = slice.upload
CROSS JOIN asked
JOIN memory.main.pack_campaign AS pack ON pack.campaign = slice.campaign
WHERE period IS NOT NULL AND (slug IS NULL OR slice.campaign = slug)
  AND (ledger NOT IN ('indicators', 'ranks') OR period >= date_trunc('month', pack.start_on))
GROUP BY slice.campaign, period
ORDER BY slice.campaign, period DESC
