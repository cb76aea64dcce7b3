-- Who stands where in the rankings handed in, and did a spot check bear them out?
--
-- D3–D5, D9, D15, D16: ranks as handed in or published, never reckoned here; the change is against
-- the ranking of the same work and scope before. A row that a check found false is listed, but its
-- place counts for nothing.
-- Example: 8th of 20 in March and 4th of 20 in June: rank 4, rank_change 4.
--
-- Sensitive: note
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       rankings by this day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per place in a ranking, by scope and work, newest first, best first
--   scope         VARCHAR  全省, 全市, 全区, 主题活动 or 工作形式
--   work          VARCHAR  the work that was ranked
--   ranked_on     DATE     day of the ranking
--   is_newest     BOOLEAN  no later ranking of the work and scope
--   unit          VARCHAR  unit
--   league        VARCHAR  its league
--   rank          BIGINT   its place
--   place_count   BIGINT   how many were ranked; NULL when not known, or the row was found false
--   is_tied       BOOLEAN  another unit has the same place
--   is_last       BOOLEAN  the last place; NULL when place_count is
--   rank_change   BIGINT   places gained since the ranking before; NULL when there is none
--   previous_on   DATE     day of that one
--   published_by  VARCHAR  who handed it in
--   is_confirmed  BOOLEAN  what a spot check found; NULL when there was none
--   checked_on    DATE     its day
--   score         DOUBLE   score handed in with it
--   note          VARCHAR  note of the list
--   upload        BIGINT   upload the row came in
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

WITH placed AS (
  SELECT *, rank::BIGINT AS place, lag(rank::BIGINT) OVER earlier AS place_before,
         lag(ranked_on) OVER earlier AS previous_on
  FROM rank_placed($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WINDOW earlier AS (PARTITION BY work, scope, unit ORDER BY ranked_on, upload, row)
),
listed AS (
  FROM placed
  UNION ALL BY NAME
  SELECT *, rank::BIGINT AS place FROM rank_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND ranked_on <= $as_of::DATE AND NOT is_confirmed
)
SELECT
  scope, work, ranked_on,
  ranked_on = max(ranked_on) OVER (PARTITION BY scope, work) AS is_newest, listed.unit,
  roster.league, place AS rank, place_count::BIGINT AS place_count,
  coalesce(tied_count > 1, false) AS is_tied,
  place + tied_count - 1 >= place_count AND place_count > 1 AS is_last,
  place_before - place AS rank_change, previous_on, published_by, is_confirmed, checked_on, score,
  note, upload,
  (SELECT file FROM store.main.upload AS sent WHERE sent.upload = listed.upload) AS file, sheet, row
FROM listed
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
  ON roster.campaign = listed.campaign AND roster.unit = listed.unit
WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], listed.unit))
  AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
ORDER BY list_position(['全省', '全市', '全区', '主题活动', '工作形式'], scope), work,
  ranked_on DESC, place, listed.unit
