-- Which units have been among the last for several quarters in a row?
--
-- D4: a period is a quarter (评价周期). The unit was among the last $count of a $scope in each of
-- $periods quarters that follow each other: still among them is 没有改观, a better place among them
-- is said in the remark. Found since the ranking that made it so many, until the next ranking that
-- ends the row. A quarter without a ranking interrupts, and the remark says so.
-- Example: 14th of 15 in March and 12th in June, with $count 5 and $periods 2: found since June's
-- ranking; with no ranking in June and 12th in September: not found.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $scope     VARCHAR    among whom: 全省, 全市, 全区, 主题活动 or 工作形式
--   $count     INTEGER    how many places are the last
--   $periods   INTEGER    how many quarters in a row
--
-- Returns one row per ranking of the row of quarters
--   subject         VARCHAR  unit and work
--   detail          VARCHAR  the work that was ranked
--   unit            VARCHAR  unit
--   since_on        DATE     day of the ranking that made it so many quarters
--   until_on        DATE     day of the next ranking after the row; NULL while there is none
--   measured_value  DOUBLE   quarters in a row
--   threshold       DOUBLE   $periods
--   remark          VARCHAR  better but still among the last, interrupted, no newer ranking; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH ranking AS (
  SELECT *, among_last(rank, tied_count, place_count, $count::INTEGER) AS is_last,
         lag(rank) OVER history AS rank_before, lag(quarter) OVER history AS quarter_before,
         lead(ranked_on) OVER history AS next_on, lead(quarter) OVER history AS next_quarter
  FROM rank_placed($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WHERE scope = $scope::VARCHAR
  WINDOW history AS (PARTITION BY work, unit ORDER BY ranked_on)
),
counted AS (
  SELECT *, coalesce(quarter - quarter_before > 1, false) AS is_after_gap,
         coalesce(lag(is_last) OVER history, false) AS was_last,
         count(*) FILTER (NOT is_last OR coalesce(quarter - quarter_before > 1, true))
           OVER history AS run
  FROM ranking
  WINDOW history AS (PARTITION BY work, unit ORDER BY ranked_on)
),
numbered AS (
  SELECT *, quarter - min(quarter) OVER (PARTITION BY work, unit, run) + 1 AS period_number
  FROM counted WHERE is_last
),
judged AS (
  SELECT *, min(ranked_on) FILTER (period_number >= $periods::INTEGER) OVER runs AS since_on,
         max(period_number) OVER runs AS period_count,
         arg_max_null(next_on, ranked_on) OVER runs AS until_on,
         max(quarter) OVER runs AS newest_quarter,
         arg_max_null(rank_before - rank, ranked_on) OVER runs AS gained_places,
         arg_max_null(next_quarter, ranked_on) OVER runs AS quarter_after,
         min(CASE WHEN is_after_gap AND was_last THEN quarter - 1 END) OVER runs AS missing_before
  FROM numbered WINDOW runs AS (PARTITION BY work, unit, run)
)
SELECT
  unit || '·' || work AS subject, work AS detail, unit, since_on, until_on,
  period_count::DOUBLE AS measured_value, $periods::INTEGER::DOUBLE AS threshold,
  nullif(concat_ws('；',
    CASE WHEN gained_places > 0
      THEN '比上期前移' || gained_places::BIGINT || '位，仍在后' || $count::INTEGER || '位' END,
    CASE WHEN missing_before IS NOT NULL
      THEN quarter_words(missing_before) || '没有排名，此后重新计算' END,
    CASE WHEN quarter_after - newest_quarter > 1
      THEN quarter_words(newest_quarter + 1) || '没有排名，连续中断'
      WHEN until_on IS NULL AND quarter_number($as_of::DATE) - newest_quarter > 1
      THEN '之后没有新的排名' END), '') AS remark,
  upload, sheet, row
FROM judged WHERE since_on IS NOT NULL
ORDER BY since_on, subject, ranked_on
