-- Which ledger rows prove a finding?
--
-- A finding that says that something is missing (no visit, no report) has no row; its proof is
-- the absence, and the answer is empty.
-- Example: an item that is 40 days overdue is proven by its newest row in 问题台账.
--
-- Scope: subject
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $rule      VARCHAR    rule
--   $subject   VARCHAR    whom or what the finding is about; NULL means all of the rule
--   $since_on  DATE       the first day it held; NULL means any
--
-- Returns one row per evidence row
--   rule      VARCHAR  rule
--   subject   VARCHAR  whom or what the finding is about
--   since_on  DATE     the first day it held
--   upload    BIGINT   upload
--   file      VARCHAR  its file
--   sheet     VARCHAR  sheet
--   row       BIGINT   row in the sheet

WITH finding AS (
  FROM finding_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
)
SELECT finding.rule, finding.subject, finding.since_on, found.upload, upload.file, found.sheet,
  found.row
FROM finding
JOIN memory.main.found AS found
  ON found.campaign = finding.campaign AND found.rule = finding.rule
 AND found.subject = finding.subject AND found.since_on = finding.since_on
 AND found.found_on = $as_of::DATE AND found.found_at IS NOT DISTINCT FROM $known_at::TIMESTAMP
 AND NOT found.for_lights AND found.trial = ''
JOIN store.main.upload AS upload ON upload.upload = found.upload
WHERE finding.rule = $rule::VARCHAR
  AND ($subject::VARCHAR IS NULL OR finding.subject = $subject::VARCHAR)
  AND ($since_on::DATE IS NULL OR finding.since_on = $since_on::DATE)
ORDER BY finding.subject, finding.since_on, found.upload, found.sheet, found.row
