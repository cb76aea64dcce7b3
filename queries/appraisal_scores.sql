-- Where did each body come in the appraisals, quarter by quarter, and who was last below the mark?
--
-- D6, 三评: three lists, each ranked by itself, quarter by quarter; of a body's scores in a quarter
-- the newest counts. Last is whoever has the lowest score, all who share it; who was not appraised
-- is not, nor is the only one of a list. Below the mark is last and below $score (both: our reading
-- of 排名倒数第一（低于75分）), and follows only when the quarter is over.
-- Example: 92, 81 and 74 with $score 75: ranks 1, 2, 3; the third is last and below the mark.
--
-- Sensitive: note
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       scores given by this day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $score     DOUBLE     points below which the last one is marked; NULL marks nobody
--   $unit      VARCHAR[]  units the bodies belong to; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per list, quarter and body, newest quarter first, within a list best first
--   list             VARCHAR  评部门, 评重点科室 or 评基层站所
--   quarter          VARCHAR  the quarter, 2023年二季度
--   quarter_end_on   DATE     its last day
--   is_over          BOOLEAN  the quarter is over on $as_of
--   is_newest        BOOLEAN  no later quarter of the list has scores
--   subject          VARCHAR  the body
--   unit             VARCHAR  unit it belongs to
--   league           VARCHAR  its league
--   score            DOUBLE   its score
--   score_change     DOUBLE   against the quarter before; NULL when that has no score
--   rank             BIGINT   1 is best; ties share a rank
--   is_tied          BOOLEAN  another body has the same score
--   subject_count    BIGINT   bodies ranked in the list and quarter
--   is_last          BOOLEAN  has the lowest score
--   is_below         BOOLEAN  last and below $score
--   raters_count     BIGINT   who took part; NULL when the list says not
--   is_vertical      BOOLEAN  run from above: the way is a letter; NULL when the list says not
--   appraised_on     DATE     day
--   note             VARCHAR  note of the list
--   upload           BIGINT   upload the row came in
--   file             VARCHAR  its file
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

WITH scored AS (
  SELECT *, quarter_number(appraised_on) AS quarter
  FROM appraisal_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND appraised_on <= $as_of::DATE AND score IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY list, quarter, unit, subject
    ORDER BY appraised_on DESC, upload DESC, row DESC) = 1
),
ranked AS (
  SELECT *, rank() OVER (PARTITION BY list, quarter ORDER BY score DESC) AS rank,
         count(*) OVER (PARTITION BY list, quarter, score) > 1 AS is_tied,
         count(*) OVER quarterly AS subject_count,
         score = min(score) OVER quarterly AND count(*) OVER quarterly > 1 AS is_last,
         quarter = max(quarter) OVER (PARTITION BY list) AS is_newest
  FROM scored WINDOW quarterly AS (PARTITION BY list, quarter)
)
SELECT
  now.list, quarter_words(now.quarter) AS quarter,
  (date_trunc('quarter', now.appraised_on) + INTERVAL 3 MONTH - INTERVAL 1 DAY)::DATE
    AS quarter_end_on,
  quarter_end_on <= $as_of::DATE AS is_over, now.is_newest, now.subject, now.unit, roster.league,
  now.score, now.score - before.score AS score_change, now.rank, now.is_tied, now.subject_count,
  now.is_last, coalesce(now.is_last AND now.score < $score::DOUBLE, false) AS is_below,
  now.raters_count::BIGINT AS raters_count, now.is_vertical, now.appraised_on, now.note,
  now.upload,
  (SELECT file FROM store.main.upload AS sent WHERE sent.upload = now.upload) AS file,
  now.sheet, now.row
FROM ranked AS now
LEFT JOIN ranked AS before
  ON before.list = now.list AND before.unit = now.unit AND before.subject = now.subject
 AND before.quarter = now.quarter - 1
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
  ON roster.campaign = now.campaign AND roster.unit = now.unit
WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], now.unit))
  AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
ORDER BY quarter_end_on DESC, list_position(['评部门', '评重点科室', '评基层站所'], now.list),
  now.rank, now.subject, now.unit
