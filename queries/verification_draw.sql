-- Which closed items does a draw pick for a check on the spot?
--
-- Drawn among the items closed by $as_of and not checked since, as known at $known_at (B5). Each
-- unit that has any gives one; the others are spread in proportion to what is left of each
-- unit's stock, the largest remainders first. Within a unit the lowest SHA-256 of
-- seed|ledger|item key are drawn: with seed, size and $known_at anyone gets the same list.
-- Example: units with 8, 3 and 1 closed items and size 6: one each, and of the other 3 two and
-- one to the first and the second: 3 of 8, 2 of 3, 1 of 1.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the draw is made for
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $seed      VARCHAR    the seed, any text
--   $size      BIGINT     how many items; at least one per unit, at most all
--
-- Returns one row per drawn item, unit by unit in the order drawn
--   campaign      VARCHAR  campaign slug
--   ledger        VARCHAR  problems or tasks
--   item_key      VARCHAR  who the item is
--   item_no       VARCHAR  its number in the ledger, if it has one
--   title         VARCHAR  what it is about
--   unit          VARCHAR  lead unit
--   league        VARCHAR  the unit's league
--   dimension     VARCHAR  dimension, class or channel
--   community     VARCHAR  community, if named
--   leader_post   VARCHAR  responsible leader as the list says
--   due_on        DATE     deadline in force
--   closed_at_on  DATE     the closing day it reports
--   draw_number   BIGINT   place in its unit's order
--   drawn_count   BIGINT   items drawn of the unit
--   stock_count   BIGINT   items of the unit that could be drawn
--   upload        BIGINT   upload the row came in
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

SELECT
  stock.campaign, stock.ledger, stock.item_key, stock.item_no, stock.title, stock.unit,
  roster.league, stock.dimension, stock.community, stock.leader_post, stock.due_on,
  stock.closed_at_on, draw_number, drawn_count, stock_count, stock.upload, stock.sheet, stock.row
FROM closed_stock(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $seed::VARCHAR, $size::BIGINT) AS stock
LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster
  ON roster.campaign = stock.campaign AND roster.unit = stock.unit
WHERE is_drawn
ORDER BY roster.position NULLS LAST, stock.unit, draw_number
