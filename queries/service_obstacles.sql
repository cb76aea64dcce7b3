-- What did offices say no to, what could people not get done, and what became of it?
--
-- B7: 说“不” with the level it was raised to (提级管), 办不成事 with the channel it came by. Each
-- matter is as its newest list says. age_days run to the closing, of what is open to $as_of.
-- Example: received 12 April, raised 18 April, closed 2 May as 应办: age_days 20, days_to_raise 6.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per matter, the open first, the longest waiting first
--   campaign       VARCHAR  campaign slug
--   ledger         VARCHAR  refusals (说“不”) or failures (办不成事)
--   item_key       VARCHAR  its number, or a key of its text
--   title          VARCHAR  what was wanted
--   unit           VARCHAR  unit that said no, or could not
--   received_on    DATE     day of receipt
--   reason         VARCHAR  why
--   channel        VARCHAR  by which way it came (办不成事)
--   raised_on      DATE     day it was raised (说“不”)
--   raised_to      VARCHAR  to whom
--   days_to_raise  BIGINT   days from receipt to raising
--   is_upheld      BOOLEAN  the level above upholds the no; NULL when it has not said
--   is_satisfied   BOOLEAN  rated satisfied (办不成事); NULL when not rated
--   result         VARCHAR  what came of it
--   is_closed      BOOLEAN  closed by the day
--   closed_on      DATE     day it was closed
--   age_days       BIGINT   days from receipt to closing, or to the day
--   upload         BIGINT   upload of the newest list
--   file           VARCHAR  its file
--   sheet          VARCHAR  its sheet
--   row            BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    $unit::VARCHAR[] AS units, $league::VARCHAR AS league_asked, $post::VARCHAR AS post_asked
),
kept AS (
  SELECT 'refusals' AS ledger, upload, sheet, row, period, item_key, title, unit, received_on,
    reason, NULL AS channel, raised_on, raised_to, is_upheld, NULL::BOOLEAN AS is_satisfied,
    result, state, closed_on
  FROM store.main.refusals
  UNION ALL
  SELECT 'failures', upload, sheet, row, period, item_key, title, unit, received_on,
    reason, channel, NULL, NULL, NULL, is_satisfied, result, state, closed_on
  FROM store.main.failures
),
newest AS (
  SELECT slice.campaign, kept.*, as_of
  FROM kept
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = kept.upload AND slice.ledger = kept.ledger AND slice.period = kept.period
  CROSS JOIN asked
  WHERE kept.period <= as_of AND kept.received_on <= as_of
    AND (slug IS NULL OR slice.campaign = slug)
  QUALIFY row_number() OVER (
    PARTITION BY slice.campaign, kept.ledger, kept.item_key
    ORDER BY kept.period DESC, kept.upload DESC) = 1
),
judged AS (
  SELECT *, coalesce(CASE WHEN closed_on IS NOT NULL THEN closed_on <= as_of
                          ELSE state = 'closed' END, false) AS is_closed
  FROM newest
)
SELECT
  judged.campaign, judged.ledger, item_key, title, judged.unit, received_on, judged.reason, channel,
  CASE WHEN raised_on <= as_of THEN raised_on END AS raised_on, raised_to,
  CASE WHEN raised_on <= as_of THEN raised_on - received_on END AS days_to_raise, is_upheld,
  is_satisfied, result, is_closed, closed_on,
  CASE WHEN NOT is_closed THEN as_of - received_on ELSE closed_on - received_on END AS age_days,
  judged.upload, upload.file, sheet, row
FROM judged
JOIN store.main.upload AS upload ON upload.upload = judged.upload
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
  ON roster.campaign = judged.campaign AND roster.unit = judged.unit
CROSS JOIN (SELECT * EXCLUDE (as_of) FROM asked) AS asked
WHERE (units IS NULL OR list_contains(units, judged.unit))
  AND (league_asked IS NULL OR roster.league = league_asked)
  AND (post_asked IS NULL OR roster.leader_post = post_asked)
ORDER BY judged.campaign, is_closed, age_days DESC NULLS LAST, judged.ledger, item_key
