-- Which ledger rows prove that a subject did its duty?
--
-- Every row that names the subject and is of a ledger and kind the duty admits, by the day; a
-- monthly list is a proof without a row. Which window each counts for, duty_compliance says.
-- Example: a joint discussion of three units is one row of the ledger and a proof for each.
--
-- Scope: subject
--
-- Sensitive: topic:clues
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $duty      VARCHAR[]  names of duties; NULL means all
--   $subject   VARCHAR    who owes it, of a task its number; NULL means all
--   $first_on  DATE       happened or for a month on or after it; NULL means all
--   $last_on   DATE       happened or for a month on or before it; NULL means all
--
-- Returns one row per duty, subject and ledger row, the newest first
--   campaign     VARCHAR  campaign slug
--   duty         VARCHAR  the duty
--   subject      VARCHAR  who owes it
--   happened_on  DATE     the day it happened, or a list came
--   last_on      DATE     its last day
--   covers       DATE     the month it was for, where the row names one
--   topic        VARCHAR  its topic, content or title
--   ledger       VARCHAR  ledger; submissions for a list that came in
--   item_key     VARCHAR  what the row is about
--   upload       BIGINT   its upload
--   file         VARCHAR  its file
--   sheet        VARCHAR  its sheet; NULL where the list itself is the proof
--   row          BIGINT   its row there

WITH asked AS (
  SELECT $subject::VARCHAR AS subject_asked, $first_on::DATE AS first_asked,
    $last_on::DATE AS last_asked
),
called AS (
  SELECT campaign, duty, subject, unnest(names) AS name
  FROM duty_subject($as_of::DATE, $known_at::TIMESTAMP)
)
SELECT DISTINCT
  named.campaign, named.duty, called.subject, happened_on, last_on, covers, topic, ledger, item_key,
  named.upload, upload.file, sheet, row
FROM duty_named(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $duty::VARCHAR[]) AS named
JOIN called ON called.campaign = named.campaign AND called.duty = named.duty
 AND called.name = named.name
JOIN store.main.upload AS upload ON upload.upload = named.upload
CROSS JOIN asked
WHERE (subject_asked IS NULL OR called.subject = subject_asked)
  AND (first_asked IS NULL OR greatest(last_on, covers) >= first_asked)
  AND (last_asked IS NULL OR least(happened_on, covers) <= last_asked)
ORDER BY named.campaign, named.duty, called.subject, happened_on DESC, named.upload, row
