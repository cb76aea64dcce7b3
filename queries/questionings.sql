-- What did the unannounced questionings find?
--
-- D20: three marks each: 情况, 措施, 成效. A mark not given is no bad mark.
-- Example: 不清楚, 一般, 一般: poor_count 1.
--
-- Sensitive: note
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       questionings by this day
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per questioning, newest first
--   asked_on    DATE     day
--   unit        VARCHAR  unit
--   league      VARCHAR  its league
--   post        VARCHAR  post asked
--   situation   VARCHAR  清楚, 基本清楚 or 不清楚; NULL when not marked
--   measures    VARCHAR  具体, 一般 or 不力; NULL when not marked
--   effect      VARCHAR  明显, 一般 or 不好; NULL when not marked
--   poor_count  BIGINT   marks that are the worst
--   asked_by    VARCHAR  post that asked
--   note        VARCHAR  note of the list
--   upload      BIGINT   upload the row came in
--   file        VARCHAR  its file
--   sheet       VARCHAR  its sheet
--   row         BIGINT   its row there

SELECT
  asked_on, asked.unit, roster.league, asked.post, situation, measures, effect,
  len(worst_marks(situation, measures, effect)) AS poor_count, asked_by, note, upload,
  (SELECT file FROM store.main.upload AS sent WHERE sent.upload = asked.upload) AS file, sheet, row
FROM questioning_known($known_at::TIMESTAMP) AS asked
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
  ON roster.campaign = asked.campaign AND roster.unit = asked.unit
WHERE asked.campaign = $campaign::VARCHAR AND asked_on <= $as_of::DATE
  AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], asked.unit))
  AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
ORDER BY asked_on DESC, roster.position NULLS LAST, asked.unit, row
