-- What did the scorers of a contest give each unit, criterion by criterion?
--
-- D13: the parts of contest_ranking. The mean over the scorers counts; the lowest and the highest
-- mark say how far they disagree.
-- Example: 18 and 16 of 20 for 实绩: score 17, from 16 to 18, 2 scorers.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       scores given by this day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $contest   VARCHAR    one contest; NULL means all
--   $unit      VARCHAR[]  units; NULL means all
--
-- Returns one row per contest, unit and criterion, in the order of the lists
--   contest       VARCHAR  the contest
--   unit          VARCHAR  unit
--   criterion     VARCHAR  what was scored
--   score         DOUBLE   mean mark
--   full_score    DOUBLE   what could be had; NULL when the list says not
--   score_low     DOUBLE   lowest mark
--   score_high    DOUBLE   highest mark
--   scorer_count  BIGINT   marks given
--   scored_on     DATE     day of the last mark
--   upload        BIGINT   upload of the last mark
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

WITH scored AS (
  SELECT contest, unit, criterion, avg(score) AS score, max(full_score) AS full_score,
         min(score) AS score_low, max(score) AS score_high, count(*) AS scorer_count,
         max({'scored_on': scored_on, 'upload': upload, 'row': row, 'sheet': sheet}) AS newest,
         min((upload, row)) AS first_place
  FROM contest_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND scored_on <= $as_of::DATE
    AND ($contest::VARCHAR IS NULL OR contest = $contest::VARCHAR)
  GROUP BY ALL
)
SELECT
  contest, unit, criterion, score, full_score, score_low, score_high, scorer_count,
  newest.scored_on, newest.upload,
  (SELECT file FROM store.main.upload AS sent WHERE sent.upload = newest.upload) AS file,
  newest.sheet, newest.row
FROM scored
WHERE $unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit)
ORDER BY contest, unit, first_place
