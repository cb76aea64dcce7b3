-- How did the units come out in each scored contest?
--
-- D13 (业绩大比武, 服务大评比): for each criterion the mean over its scorers, summed; the full scores
-- of the ledger are the weights. Units are ranked within a contest and their league (A3). A unit
-- without a score, or not scored on a criterion that others of its league are, has no rank: not
-- scored is not last. score_low and score_high are the sums of the lowest and of the highest marks:
-- where the range of another ranked unit reaches into a unit's own, is_close says so.
-- Example: two scorers give 18 and 16 of 20 and both 9 of 10: score 26, from 25 to 27.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       scores given by this day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $contest   VARCHAR    one contest; NULL means all
--   $league    VARCHAR    one league; NULL means all
--
-- Returns one row per contest and unit of the roster, best first
--   contest          VARCHAR  the contest
--   league           VARCHAR  league
--   unit             VARCHAR  unit
--   score            DOUBLE   sum over criteria of the mean mark; NULL without a score
--   full_score       DOUBLE   what could be had on the unit's criteria; NULL when the list says not
--   score_low        DOUBLE   sum of the lowest marks
--   score_high       DOUBLE   sum of the highest marks
--   scorer_count     BIGINT   marks given on the criterion that has most of them
--   criterion_count  BIGINT   criteria scored
--   is_complete      BOOLEAN  scored on every criterion of its league
--   rank             BIGINT   1 is best; ties share a rank; NULL when not completely scored
--   is_tied          BOOLEAN  another unit has the same rank
--   is_close         BOOLEAN  the scorers disagree by more than what parts it from another unit
--   scored_on        DATE     day of the last mark
--   upload           BIGINT   upload of the last mark
--   sheet            VARCHAR  its sheet
--   row              BIGINT   its row there

WITH mark AS (
  FROM contest_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND scored_on <= $as_of::DATE
    AND ($contest::VARCHAR IS NULL OR contest = $contest::VARCHAR)
),
scored AS (
  SELECT contest, unit, criterion, avg(score) AS score, min(score) AS score_low,
         max(score) AS score_high, max(full_score) AS full_score, count(*) AS scorer_count,
         max({'scored_on': scored_on, 'upload': upload, 'row': row, 'sheet': sheet}) AS newest
  FROM mark GROUP BY ALL
),
listed AS (
  SELECT held.contest, roster.league, roster.unit, roster.position,
         sum(scored.score) AS score, sum(scored.full_score) AS full_score,
         sum(scored.score_low) AS score_low, sum(scored.score_high) AS score_high,
         coalesce(max(scorer_count), 0) AS scorer_count, count(scored.criterion) AS criterion_count,
         max(newest) AS newest
  FROM (SELECT DISTINCT contest FROM mark) AS held
  CROSS JOIN unit_known($known_at::TIMESTAMP) AS roster
  LEFT JOIN scored ON scored.contest = held.contest AND scored.unit = roster.unit
  WHERE roster.campaign = $campaign::VARCHAR
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
  GROUP BY ALL
),
judged AS (
  SELECT *, criterion_count > 0
           AND criterion_count = max(criterion_count) OVER (PARTITION BY contest, league)
           AS is_complete
  FROM listed
),
ranked AS (
  SELECT *, CASE WHEN is_complete THEN rank() OVER (
           PARTITION BY contest, league, is_complete ORDER BY round(score, 6) DESC) END AS rank
  FROM judged
),
beside AS (
  SELECT mine.contest, mine.unit, bool_or(other.rank = mine.rank) AS is_tied,
         bool_or(other.score_high >= mine.score_low AND other.score_low <= mine.score_high)
           AS is_close
  FROM ranked AS mine JOIN ranked AS other
    ON other.contest = mine.contest AND other.league = mine.league AND other.unit <> mine.unit
   AND other.is_complete AND mine.is_complete
  GROUP BY ALL
)
SELECT
  ranked.contest, league, ranked.unit, score, full_score, score_low, score_high, scorer_count,
  criterion_count, is_complete, rank, coalesce(is_tied, false) AS is_tied,
  coalesce(is_close, false) AS is_close, newest.scored_on, newest.upload, newest.sheet, newest.row
FROM ranked LEFT JOIN beside ON beside.contest = ranked.contest AND beside.unit = ranked.unit
ORDER BY ranked.contest, league, rank NULLS LAST, position
