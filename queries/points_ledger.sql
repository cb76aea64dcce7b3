-- Which points were given and taken, for what, and what did each unit stand at then?
--
-- D14: every point has a reason and a source row. The balance runs over all points of the unit up
-- to the row, whatever days are shown; of one day, in the order of the lists.
-- Example: 5 on 1 September and -2 on 3 September: balances 5 and 3.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       points given by this day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $first_on  DATE       only points given on or after it are shown; NULL means all
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per entry, by unit in the roster's order, oldest first
--   unit     VARCHAR  unit
--   league   VARCHAR  its league
--   post     VARCHAR  post it was given to; NULL when it was the unit
--   points   DOUBLE   points; taken ones are negative
--   balance  DOUBLE   the unit's points with this entry
--   reason   VARCHAR  what for
--   basis    VARCHAR  number of the row or document it stands on
--   given_on DATE     day
--   upload   BIGINT   upload the row came in
--   file     VARCHAR  its file
--   sheet    VARCHAR  its sheet
--   row      BIGINT   its row there

WITH entry AS (
  SELECT given.*, roster.league, roster.leader_post, roster.position,
         sum(points) OVER (
           PARTITION BY given.unit ORDER BY given_on, given.upload, given.row
           ROWS UNBOUNDED PRECEDING) AS balance
  FROM points_known($known_at::TIMESTAMP) AS given
  LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = given.campaign AND roster.unit = given.unit
  WHERE given.campaign = $campaign::VARCHAR AND given_on <= $as_of::DATE
)
SELECT
  unit, league, post, points, balance, reason, basis, given_on, upload,
  (SELECT file FROM store.main.upload AS sent WHERE sent.upload = entry.upload) AS file, sheet, row
FROM entry
WHERE ($first_on::DATE IS NULL OR given_on >= $first_on::DATE)
  AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
  AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)
ORDER BY position NULLS LAST, unit, given_on, upload, row
