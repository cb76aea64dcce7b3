-- Which meetings were frozen, and from what?
--
-- The newest of a campaign is the one that the next is compared with.
-- Example: frozen on 31 October 2022 at 06:05 UTC: held_on 2022-10-31, and asked with its as_of
-- and known_at every question answers as it did in the meeting.
--
-- Scope: closed
--
-- Parameters
--   $campaign     VARCHAR  campaign slug; NULL means all
--   $meeting      BIGINT   one meeting; NULL means all
--   $held_before  DATE     only those held before that day; NULL means all
--
-- Returns one row per meeting, newest first
--   meeting              BIGINT     its number
--   campaign             VARCHAR    campaign slug
--   held_on              DATE       day in Shanghai on which it was frozen
--   as_of                DATE       the day its questions were asked on
--   known_at             TIMESTAMP  when it was frozen (UTC): what was known then
--   last_upload          BIGINT     highest number of an upload then; 0 without any
--   league               VARCHAR    chosen league; NULL means all
--   units                VARCHAR[]  chosen units; NULL means all
--   dimensions           VARCHAR[]  chosen dimensions; NULL means all
--   post                 VARCHAR    chosen leader in charge; NULL means all
--   agenda               VARCHAR[]  entries of `meeting_agenda` in their order, by entry
--   digests              VARCHAR    digest of each main question's answer, as JSON
--   pack_digest          VARCHAR    digest of the campaign's pack then
--   program_digest       VARCHAR    digest of the questions' SQL then
--   note                 VARCHAR    what was noted; NULL
--   frozen_by            VARCHAR    post that froze it
--   units_left_out       VARCHAR[]  units left out, `units` being all the others; NULL
--   dimensions_left_out  VARCHAR[]  dimensions left out in the same way; NULL

SELECT
  meeting, campaign, shanghai_day(known_at) AS held_on, as_of, known_at, last_upload, league,
  from_json(units, '["VARCHAR"]') AS units, from_json(dimensions, '["VARCHAR"]') AS dimensions,
  post, from_json(agenda, '["VARCHAR"]') AS agenda, digests, pack_digest,
  program_digest, note, frozen_by,
  from_json(units_left_out, '["VARCHAR"]') AS units_left_out,
  from_json(dimensions_left_out, '["VARCHAR"]') AS dimensions_left_out
FROM store.main.meeting
WHERE ($campaign::VARCHAR IS NULL OR campaign = $campaign::VARCHAR)
  AND ($meeting::BIGINT IS NULL OR meeting = $meeting::BIGINT)
  AND ($held_before::DATE IS NULL OR shanghai_day(known_at) < $held_before::DATE)
ORDER BY known_at DESC, meeting DESC
