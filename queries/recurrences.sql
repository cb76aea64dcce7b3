-- Where does a matter seem to come back after its close-out?
--
-- Leads, not verdicts (B14): a newer item whose words are like those of one reported closed
-- before it was found. likeness is the Jaccard index of the two-letter pieces of the titles; from
-- 0.5 on anywhere, from 0.4 on with the same lead unit or the same place. Compared are items
-- that share one of their ten rarest pieces, one that at most 100 titles have; of a hundred
-- thousand titles that are nearly alike, the rarest pieces until they give 500,000 pairs. At
-- most 200 leads.
-- Example: 东路路灯不亮 closed in August, 东路三盏路灯不亮 found in October: likeness 0.5, same unit.
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
-- Returns one row per lead, the likest first
--   campaign           VARCHAR  campaign slug
--   likeness           DOUBLE   0 to 1
--   is_same_unit       BOOLEAN  the same lead unit
--   is_same_place      BOOLEAN  the same community or the same enterprise
--   ledger             VARCHAR  problems or tasks
--   item_key           VARCHAR  the newer item
--   title              VARCHAR  what it is about
--   unit               VARCHAR  its lead unit
--   place              VARCHAR  its enterprise or community
--   found_at_on        DATE     found, or the first day of the month first listed
--   upload             BIGINT   upload its row came in
--   sheet              VARCHAR  its sheet
--   row                BIGINT   its row there
--   earlier_item_key   VARCHAR  the item closed before
--   earlier_title      VARCHAR  what that was about
--   earlier_unit       VARCHAR  its lead unit
--   earlier_place      VARCHAR  its enterprise or community
--   earlier_closed_on  DATE     the closing day it reports
--   days_between       BIGINT   days from that to the newer one
--   is_earlier_verified BOOLEAN  a check had found that closing true
--   earlier_upload     BIGINT   upload of its row
--   earlier_sheet      VARCHAR  its sheet
--   earlier_row        BIGINT   its row there

WITH item AS (
  SELECT campaign, ledger, item_key, title, unit, community, enterprise,
    coalesce(enterprise, community) AS place, coalesce(found_on, first_period) AS found_at_on,
    closed_at_on, is_reported_closed, is_verified, upload, sheet, row,
    regexp_replace(lower(title), '[\pP\pS\pZ\s]', '', 'g') AS plain
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
spelled AS (
  SELECT *, row_number() OVER () AS id,
    list_distinct(list_transform(range(1, length(plain)), lambda place: substr(plain, place, 2))) AS pieces,
    list_transform(pieces, lambda word: hash(word)) AS codes
  FROM item WHERE length(plain) > 1
),
piece AS (SELECT id, campaign, unnest(pieces) AS piece FROM spelled),
shared_piece AS (
  SELECT campaign, piece, count(*) AS title_count FROM piece
  GROUP BY campaign, piece HAVING title_count BETWEEN 2 AND 100
),
rare AS (
  SELECT id, campaign, piece, found_at_on,
    CASE WHEN is_reported_closed THEN closed_at_on END AS closed_on
  FROM piece JOIN shared_piece USING (campaign, piece) JOIN spelled USING (id, campaign)
  QUALIFY row_number() OVER (PARTITION BY id ORDER BY title_count, piece) <= 10
),
affordable AS (
  SELECT campaign, piece, count(*) * count(closed_on) AS pair_count
  FROM rare GROUP BY campaign, piece HAVING pair_count > 0
  QUALIFY sum(pair_count) OVER (ORDER BY pair_count, campaign, piece) <= 500000
),
candidate AS (
  SELECT DISTINCT newer.id AS newer_id, earlier.id AS earlier_id
  FROM affordable
  JOIN rare AS newer USING (campaign, piece)
  JOIN rare AS earlier USING (campaign, piece)
  WHERE earlier.closed_on <= newer.found_at_on AND newer.id <> earlier.id
),
compared AS (
  SELECT newer.campaign,
    len(list_intersect(newer.codes, earlier.codes)) AS shared_count,
    shared_count / (len(newer.pieces) + len(earlier.pieces) - shared_count) AS likeness,
    newer.unit = earlier.unit AS is_same_unit,
    coalesce(newer.community = earlier.community, false)
      OR coalesce(newer.enterprise = earlier.enterprise, false) AS is_same_place,
    newer.ledger, newer.item_key, newer.title, newer.unit, newer.place, newer.found_at_on,
    newer.upload, newer.sheet, newer.row,
    earlier.item_key AS earlier_item_key, earlier.title AS earlier_title,
    earlier.unit AS earlier_unit, earlier.place AS earlier_place,
    earlier.closed_at_on AS earlier_closed_on,
    newer.found_at_on - earlier.closed_at_on AS days_between,
    earlier.is_verified AS is_earlier_verified,
    earlier.upload AS earlier_upload, earlier.sheet AS earlier_sheet, earlier.row AS earlier_row
  FROM candidate
  JOIN spelled AS newer ON newer.id = newer_id
  JOIN spelled AS earlier ON earlier.id = earlier_id
)
SELECT * EXCLUDE (shared_count)
FROM compared
WHERE likeness >= CASE WHEN is_same_unit OR is_same_place THEN 0.4 ELSE 0.5 END
ORDER BY likeness DESC, found_at_on DESC, item_key, earlier_item_key
LIMIT 200
