-- What do the monthly returns in five parts say, unit by unit, and who has not sent one?
--
-- B18: counts only, of the month of $as_of and of all months together. A unit that owes a return
-- and sent none for the month has no numbers, which is not 0.
-- Example: 3 clues in August, 2 in September, asked on 30 September: clue_count 2, clue_total 5.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the unit; NULL means all
--
-- Returns one row per unit that owes a return or sent one, those without first
--   campaign         VARCHAR  campaign slug
--   unit             VARCHAR  unit
--   month            VARCHAR  month of $as_of, YYYY-MM
--   is_reported      BOOLEAN  its return for the month is in
--   clue_count       DOUBLE   clues in the month
--   case_count       DOUBLE   cases
--   persons_count    DOUBLE   persons dealt with
--   rectified_count  DOUBLE   rectifications
--   reform_count     DOUBLE   cases used for reform
--   clue_total       DOUBLE   clues in all months up to it
--   case_total       DOUBLE   cases
--   persons_total    DOUBLE   persons dealt with
--   rectified_total  DOUBLE   rectifications
--   reform_total     DOUBLE   cases used for reform
--   month_count      BIGINT   months with a return
--   upload           BIGINT   upload of the month's return
--   file             VARCHAR  its file
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    $unit::VARCHAR[] AS units, $league::VARCHAR AS league_asked, $post::VARCHAR AS post_asked
),
sent AS (
  SELECT slice.campaign, kept.*, kept.period = date_trunc('month', as_of) AS is_now
  FROM store.main.returns AS kept
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = kept.upload AND slice.ledger = 'returns' AND slice.period = kept.period
  CROSS JOIN asked
  WHERE kept.period <= as_of AND (slug IS NULL OR slice.campaign = slug)
  QUALIFY row_number() OVER (
    PARTITION BY slice.campaign, kept.unit, kept.period ORDER BY kept.upload DESC, kept.row) = 1
),
summed AS (
  SELECT campaign, unit, coalesce(bool_or(is_now), false) AS is_reported,
    sum(clue_count) FILTER (is_now) AS clue_count, sum(case_count) FILTER (is_now) AS case_count,
    sum(persons_count) FILTER (is_now) AS persons_count,
    sum(rectified_count) FILTER (is_now) AS rectified_count,
    sum(reform_count) FILTER (is_now) AS reform_count,
    sum(clue_count) AS clue_total, sum(case_count) AS case_total,
    sum(persons_count) AS persons_total, sum(rectified_count) AS rectified_total,
    sum(reform_count) AS reform_total, count(*) AS month_count,
    max(upload) FILTER (is_now) AS upload, max(sheet) FILTER (is_now) AS sheet,
    max(row) FILTER (is_now) AS row
  FROM sent GROUP BY ALL
),
owed AS (
  SELECT roster.campaign, roster.unit, roster.position
  FROM memory.main.pack_ledger AS ledger
  JOIN unit_known($known_at::TIMESTAMP) AS roster USING (campaign)
  CROSS JOIN asked
  WHERE ledger.ledger = 'returns' AND (slug IS NULL OR campaign = slug)
    AND ledger.submitted_by = 'unit'
    AND (len(ledger.units) = 0 OR list_contains(ledger.units, roster.unit))
)
SELECT
  campaign, unit, strftime(as_of, '%Y-%m') AS month, coalesce(is_reported, false) AS is_reported,
  clue_count, case_count, persons_count, rectified_count, reform_count, clue_total, case_total,
  persons_total, rectified_total, reform_total, coalesce(month_count, 0) AS month_count,
  summed.upload, upload.file, sheet, row
FROM owed
FULL JOIN summed USING (campaign, unit)
LEFT JOIN store.main.upload AS upload ON upload.upload = summed.upload
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster USING (campaign, unit)
CROSS JOIN asked
WHERE (units IS NULL OR list_contains(units, unit))
  AND (league_asked IS NULL OR roster.league = league_asked)
  AND (post_asked IS NULL OR roster.leader_post = post_asked)
ORDER BY campaign, coalesce(is_reported, false), coalesce(owed.position, roster.position), unit
