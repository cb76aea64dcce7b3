-- Which units stand among the last in a ranking that was handed in?
--
-- D3, D5, D7 (2), D9: among the last $count of a $scope, counted in places: tied places that reach
-- into them all count. Found from the ranking's day until a newer one of the same work places the
-- unit better; a ranking that leaves the unit out says nothing of it. Where it is not known how
-- many were ranked, nobody is last; nor is the better half of a short ranking.
-- Example: eleventh of 15 with $count 5: found since that ranking; tenth: not.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $scope     VARCHAR    among whom: 全省, 全市, 全区, 主题活动 or 工作形式
--   $count     INTEGER    how many places are the last
--   $works     VARCHAR[]  works that are looked at; an empty list means all
--   $leagues   VARCHAR[]  leagues whose units are looked at; an empty list means all
--
-- Returns one row per ranking in which the unit was among the last, one after the other
--   subject         VARCHAR  unit and work
--   detail          VARCHAR  the work that was ranked
--   unit            VARCHAR  unit
--   since_on        DATE     day of the first ranking in a row
--   until_on        DATE     day of the ranking that places it better; NULL while none does
--   measured_value  DOUBLE   its newest place
--   threshold       DOUBLE   the first of the last places
--   remark          VARCHAR  tied, few ranked, no newer ranking; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH ranking AS (
  SELECT placed.*, among_last(rank, tied_count, place_count, $count::INTEGER) AS is_last
  FROM rank_placed($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS placed
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster USING (campaign, unit)
  WHERE scope = $scope::VARCHAR
    AND (len($works::VARCHAR[]) = 0 OR list_contains($works::VARCHAR[], work))
    AND (len($leagues::VARCHAR[]) = 0 OR list_contains($leagues::VARCHAR[], roster.league))
),
counted AS (
  SELECT *, count(*) FILTER (NOT is_last) OVER earlier AS run,
         min(ranked_on) FILTER (NOT is_last) OVER later AS until_on
  FROM ranking
  WINDOW earlier AS (PARTITION BY work, unit ORDER BY ranked_on),
    later AS (PARTITION BY work, unit ORDER BY ranked_on
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
)
SELECT
  unit || '·' || work AS subject, work AS detail, unit,
  min(ranked_on) OVER runs AS since_on, until_on,
  arg_max_null(rank, ranked_on) OVER runs AS measured_value,
  (arg_max_null(place_count, ranked_on) OVER runs - $count::INTEGER + 1)::DOUBLE AS threshold,
  place_remark(
    arg_max_null(tied_count, ranked_on) OVER runs, arg_max_null(place_count, ranked_on) OVER runs,
    $count::INTEGER, CASE WHEN until_on IS NULL THEN max(quarter) OVER runs END, $as_of::DATE)
    AS remark,
  upload, sheet, row
FROM counted WHERE is_last
WINDOW runs AS (PARTITION BY work, unit, run)
ORDER BY since_on, subject, ranked_on
