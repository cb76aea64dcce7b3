-- Where on the map are the items and tickets that carry coordinates?
--
-- Coordinates were turned into WGS-84 when the ledger was read.
-- Example: a ticket with 经度 116.80 and 纬度 33.95 is one point.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per item or ticket with both coordinates
--   campaign    VARCHAR  campaign slug
--   ledger      VARCHAR  problems or tickets
--   item_key    VARCHAR  who it is
--   title       VARCHAR  what it is about
--   unit        VARCHAR  lead unit
--   community   VARCHAR  community, if named
--   longitude   DOUBLE   degrees, WGS-84
--   latitude    DOUBLE   degrees, WGS-84
--   is_overdue  BOOLEAN  deadline passed and not closed
--   is_closed   BOOLEAN  closed or answered by the day
--   upload      BIGINT   upload the row came in
--   sheet       VARCHAR  its sheet
--   row         BIGINT   its row there

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $as_of::DATE AS as_of,
    $unit::VARCHAR[] AS units, $league::VARCHAR AS league_asked,
    $dimension::VARCHAR[] AS dimensions, $post::VARCHAR AS post_asked
),
item AS (
  FROM item_asked(
    (SELECT slug FROM asked), (SELECT [as_of] FROM asked), $known_at::TIMESTAMP,
    (SELECT units FROM asked), (SELECT league_asked FROM asked), (SELECT dimensions FROM asked),
    (SELECT post_asked FROM asked))
)
SELECT campaign, ledger, item_key, title, unit, community, longitude, latitude,
  is_overdue, is_closed, upload, sheet, row
FROM item
WHERE longitude IS NOT NULL AND latitude IS NOT NULL
UNION ALL
SELECT ticket.campaign, 'tickets', item_key, title, ticket.unit, community, longitude, latitude,
  is_overdue, is_closed, upload, sheet, row
FROM ticket_on([$as_of::DATE], $known_at::TIMESTAMP) AS ticket
LEFT JOIN unit_known($known_at::TIMESTAMP) AS unit_known USING (campaign, unit)
CROSS JOIN asked
WHERE longitude IS NOT NULL AND latitude IS NOT NULL
  AND (slug IS NULL OR ticket.campaign = slug)
  AND (units IS NULL OR list_contains(units, ticket.unit))
  AND (league_asked IS NULL OR unit_known.league = league_asked)
  AND (post_asked IS NULL OR unit_known.leader_post = post_asked)
ORDER BY campaign, item_key
