-- How much of what units report closed did checks on the spot find truly closed?
--
-- With $draw: of the drawn items, each by its first check since the closing. Without: of all
-- items checked from $checked_from to $checked_to while their lists called them closed, each by
-- its first check of that time; the stock is then these and what is reported closed on $as_of,
-- and who was checked was not left to chance. A unit's interval is Wilson's. Overall each unit's share
-- weighs as its stock, units without a check left out; the interval is Wilson's with
-- the effective number of checks 1 / sum(weight² / checked) (Kish), made for samples and so
-- cautious where nearly all was checked (B5).
-- Example: stock 30 with 9 of 10 true, stock 10 with 2 of 4: 0.75 * 0.9 + 0.25 * 0.5 = 0.8 of an
-- effective 13.9 checks, and not 11/14.
--
-- Parameters
--   $campaign      VARCHAR    campaign slug
--   $as_of         DATE       checks up to this day; of a draw NULL means all
--   $known_at      TIMESTAMP  as it was known then (UTC); NULL means now
--   $draw          BIGINT     a draw's number; NULL means all checks of the time
--   $checked_from  DATE       without a draw: checks from this day on; NULL means all
--   $checked_to    DATE       without a draw: checks to this day; NULL means all
--   $unit          VARCHAR[]  lead units; NULL means all
--   $league        VARCHAR    one league; NULL means all
--   $dimension     VARCHAR[]  dimensions, without a draw; NULL means all
--   $post          VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per unit and one overall, the overall first
--   campaign         VARCHAR  campaign slug
--   unit             VARCHAR  lead unit; NULL for the overall row
--   is_overall       BOOLEAN  the overall row
--   stock_count      BIGINT   what the checks stand for: of a draw, what could be drawn
--   drawn_count      BIGINT   items drawn; NULL without a draw
--   checked_count    BIGINT   items checked
--   true_count       BIGINT   found true
--   false_count      BIGINT   found false (假销号)
--   true_share       DOUBLE   true share, 0 to 1; overall weighted by stock; NULL without a check
--   share_low        DOUBLE   lower 95 % bound
--   share_high       DOUBLE   upper 95 % bound
--   effective_count  DOUBLE   checks the interval is reckoned with
--   covered_share    DOUBLE   stock of the units with a check / stock

WITH asked AS (
  SELECT $as_of::DATE AS last_day, $draw::BIGINT AS draw_asked,
    $checked_from::DATE AS first_check_on, $checked_to::DATE AS last_check_on
),
made AS (
  SELECT draw.* FROM store.main.draw AS draw JOIN asked ON draw.draw = draw_asked
  WHERE draw.campaign = $campaign::VARCHAR
),
drawn AS (
  SELECT campaign, ledger, item_key, unit, is_reported_closed, stock_count, drawn_count,
    closed_at_on AS checked_since
  FROM closed_stock(
    (SELECT campaign FROM made), (SELECT as_of FROM made), (SELECT known_at FROM made),
    (SELECT seed FROM made), (SELECT size_count FROM made))
  WHERE is_drawn
),
stock AS (
  FROM drawn
  UNION ALL
  SELECT campaign, ledger, item_key, unit, is_reported_closed, NULL, NULL, NULL
  FROM item_asked(
    $campaign::VARCHAR, CASE WHEN $draw::BIGINT IS NULL THEN [$as_of::DATE] ELSE []::DATE[] END,
    $known_at::TIMESTAMP, NULL, NULL, $dimension::VARCHAR[], NULL)
),
found AS (
  SELECT stock.campaign, stock.ledger, stock.item_key, stock.unit, stock.is_reported_closed,
    arg_min(is_verified, (checked_on, -check_made.upload, -check_made.row)) AS is_true
  FROM stock CROSS JOIN asked
  JOIN closing_check($known_at::TIMESTAMP) AS check_made USING (campaign, ledger, item_key)
  WHERE checked_on <= coalesce(last_day, DATE '9999-12-31')
    AND CASE WHEN draw_asked IS NULL
             THEN was_closed AND checked_on >= coalesce(first_check_on, DATE '0001-01-01')
               AND checked_on <= coalesce(last_check_on, DATE '9999-12-31')
             ELSE checked_on >= checked_since END
  GROUP BY ALL
),
-- All items are counted by their tally; of those that were checked each is looked at.
told AS (
  SELECT campaign, drawn.unit, stock_count, drawn_count, drawn.is_reported_closed, is_true,
    1 AS alike_count
  FROM drawn LEFT JOIN found USING (campaign, ledger, item_key)
  UNION ALL
  SELECT campaign, unit, NULL, NULL, is_reported_closed, NULL, alike_count
  FROM tally_asked(
    $campaign::VARCHAR, CASE WHEN $draw::BIGINT IS NULL THEN [$as_of::DATE] ELSE []::DATE[] END,
    $known_at::TIMESTAMP, NULL, NULL, $dimension::VARCHAR[], NULL)
  UNION ALL
  SELECT campaign, unit, NULL, NULL, is_reported_closed, is_true,
    CASE WHEN is_reported_closed THEN 0 ELSE 1 END
  FROM found WHERE $draw::BIGINT IS NULL
),
by_unit AS (
  SELECT campaign, unit,
    coalesce(
      any_value(stock_count), tallied(alike_count, is_reported_closed OR is_true IS NOT NULL))
      AS stock_count,
    any_value(drawn_count) AS drawn_count, count(is_true) AS checked_count,
    count(*) FILTER (is_true) AS true_count
  FROM told LEFT JOIN unit_known($known_at::TIMESTAMP) AS roster USING (campaign, unit)
  WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], told.unit))
    AND ($league::VARCHAR IS NULL OR roster.league = $league::VARCHAR)
    AND ($post::VARCHAR IS NULL OR roster.leader_post = $post::VARCHAR)
  GROUP BY ALL
  HAVING stock_count > 0
),
weighed AS (
  SELECT *, share(true_count, checked_count) AS true_share FROM by_unit
),
overall AS (
  SELECT campaign, sum(stock_count)::BIGINT AS stock_count, sum(drawn_count)::BIGINT AS drawn_count,
    sum(checked_count)::BIGINT AS checked_count, sum(true_count)::BIGINT AS true_count,
    sum(stock_count * true_share) / sum(stock_count) FILTER (checked_count > 0) AS true_share,
    (sum(stock_count) FILTER (checked_count > 0)) ** 2
      / sum(stock_count ** 2 / checked_count) FILTER (checked_count > 0) AS effective_count,
    coalesce(sum(stock_count) FILTER (checked_count > 0), 0) / sum(stock_count) AS covered_share
  FROM weighed GROUP BY campaign
)
SELECT campaign, NULL AS unit, true AS is_overall, stock_count, drawn_count, checked_count,
  true_count, checked_count - true_count AS false_count, true_share,
  wilson_low(true_share * effective_count, effective_count) AS share_low,
  wilson_high(true_share * effective_count, effective_count) AS share_high,
  effective_count, covered_share
FROM overall
UNION ALL
SELECT campaign, unit, false, stock_count, drawn_count, checked_count, true_count,
  checked_count - true_count, true_share, wilson_low(true_count, checked_count),
  wilson_high(true_count, checked_count), checked_count, (checked_count > 0)::INTEGER
FROM weighed
ORDER BY campaign, is_overall DESC, true_share NULLS LAST, unit
