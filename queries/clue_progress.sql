-- Which clues are settled in both ways, and which complex ones are past their limit?
--
-- B8: a clue is done when the matter is settled (事情解决到位) and the people are dealt with
-- (人员处理到位); where a list says that nobody needs to be (无需处理), that is the day the matter is
-- settled. A complex clue has so many months from receipt as the pack says
-- (clue_limit_months; the clock runs from receipt by the office's own rule); without that, or
-- when it is not complex, it has no limit. Each clue is as its newest list says.
-- Example: complex, received 2022-08-01, limit 3 months: due 2022-11-01.
--
-- Sensitive: title source_unit progress_note
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  lead units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per clue, the overdue first, then the open by age
--   campaign           VARCHAR  campaign slug
--   item_key           VARCHAR  its number
--   title              VARCHAR  what it says
--   unit               VARCHAR  unit that handles it
--   source_unit        VARCHAR  where it came from
--   received_on        DATE     day of receipt
--   is_complex         BOOLEAN  marked complex
--   handling           VARCHAR  直接查办, 挂牌督办 …
--   due_on             DATE     end of the limit; NULL when there is none
--   matter_settled_on  DATE     the matter was settled, by the day
--   people_settled_on  DATE     the people were dealt with, by the day
--   is_done            BOOLEAN  both, by the day
--   is_overdue         BOOLEAN  the limit passed and not both are done
--   is_late            BOOLEAN  both are done, the later of them after the limit
--   age_days           BIGINT   days from receipt to the later completion, or to the day
--   progress_note      VARCHAR  how it stands
--   upload             BIGINT   upload of the newest list
--   file               VARCHAR  its file
--   sheet              VARCHAR  its sheet
--   row                BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    $unit::VARCHAR[] AS units, $league::VARCHAR AS league_asked, $post::VARCHAR AS post_asked
),
newest AS (
  SELECT slice.campaign, clues.*, as_of
  FROM store.main.clues AS clues
  JOIN slice_known($known_at::TIMESTAMP) AS slice
    ON slice.upload = clues.upload AND slice.ledger = 'clues' AND slice.period = clues.period
  CROSS JOIN asked
  WHERE clues.period <= as_of AND clues.received_on <= as_of
    AND (slug IS NULL OR slice.campaign = slug)
  QUALIFY row_number() OVER (
    PARTITION BY slice.campaign, clues.item_key
    ORDER BY clues.period DESC, clues.upload DESC) = 1
),
limited AS (
  SELECT newest.* REPLACE (
      coalesce(is_complex, false) AS is_complex,
      CASE WHEN matter_settled_on <= as_of THEN matter_settled_on END AS matter_settled_on,
      CASE WHEN people_settled_on <= as_of THEN people_settled_on END AS people_settled_on),
    CASE WHEN is_complex
         THEN (received_on + to_months(threshold.value::INTEGER))::DATE END AS due_on
  FROM newest
  LEFT JOIN memory.main.pack_threshold AS threshold
    ON threshold.campaign = newest.campaign AND threshold.name = 'clue_limit_months'
),
judged AS (
  SELECT *,
    CASE WHEN matter_settled_on IS NOT NULL AND people_settled_on IS NOT NULL
         THEN greatest(matter_settled_on, people_settled_on) END AS done_on
  FROM limited
)
SELECT
  judged.campaign, item_key, title, judged.unit, source_unit, received_on, is_complex, handling,
  due_on, matter_settled_on, people_settled_on, done_on IS NOT NULL AS is_done,
  coalesce(due_on < as_of AND done_on IS NULL, false) AS is_overdue,
  coalesce(done_on > due_on, false) AS is_late,
  coalesce(done_on, as_of) - received_on AS age_days, progress_note,
  judged.upload, upload.file, sheet, row
FROM judged
JOIN store.main.upload AS upload ON upload.upload = judged.upload
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
  ON roster.campaign = judged.campaign AND roster.unit = judged.unit
CROSS JOIN (SELECT * EXCLUDE (as_of) FROM asked) AS asked
WHERE (units IS NULL OR list_contains(units, judged.unit))
  AND (league_asked IS NULL OR roster.league = league_asked)
  AND (post_asked IS NULL OR roster.leader_post = post_asked)
ORDER BY judged.campaign, is_overdue DESC, is_done, age_days DESC, item_key
