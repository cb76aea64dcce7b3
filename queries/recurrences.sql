-- Where does a matter seem to come back after its close-out?
--
-- Leads, not verdicts (B14): a newer item whose words are like those of one reported closed
-- before it was found. likeness is the Jaccard index of the two-letter pieces of the titles; from
-- 0.5 on anywhere, from 0.4 on with the same lead unit or the same place. Compared are items
-- that share one of their ten rarest pieces, one that at most 100 titles have; of a hundred
-- thousand titles that are nearly alike, the rarest pieces until they give 500,000 pairs. How
-- rare a piece is, is judged among all titles of the campaign, whatever is asked for; both items of
-- a lead are among those asked for. At most 200 leads.
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

SELECT
  campaign, likeness, is_same_unit, is_same_place, ledger, item_key, title, unit, place, found_at_on,
  upload, sheet, row, earlier_item_key, earlier_title, earlier_unit, earlier_place,
  earlier_closed_on, days_between, is_earlier_verified, earlier_upload, earlier_sheet, earlier_row
FROM lead_asked(
  $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
  $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
ORDER BY likeness DESC, found_at_on DESC, item_key, earlier_item_key
LIMIT 200
