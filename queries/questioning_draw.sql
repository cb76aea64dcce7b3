-- Which units does a draw pick to be questioned this month, without notice?
--
-- D20: of all units of the roster the lowest SHA-256 of seed|month|unit, so with seed, size and
-- month anyone gets the same list. Nobody is left out: who was asked last month can be asked
-- again. $known_at sets which roster is drawn from.
-- Example: seed 宁 and size 3 in September and in October: two lists, each the same every time.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       a day of the month that is drawn for
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $seed      VARCHAR    the seed, any text
--   $size      BIGINT     how many units, at most all
--   $league    VARCHAR    one league; NULL means all
--
-- Returns one row per drawn unit, in the order drawn
--   draw_number    BIGINT   1 is the first
--   unit           VARCHAR  unit
--   league         VARCHAR  its league
--   leader_post    VARCHAR  leader in charge of it
--   stock_count    BIGINT   units that could be drawn
--   asked_count    BIGINT   questionings of the unit before the month
--   last_asked_on  DATE     the last of them; NULL when there was none
--   asked_on       DATE     questioned in the month, by $as_of; NULL while it was not

WITH roster AS (
  SELECT unit, league, leader_post, count(*) OVER () AS stock_count,
         row_number() OVER (
           ORDER BY sha256(concat($seed::VARCHAR, '|', strftime($as_of::DATE, '%Y-%m'), '|', unit)),
             unit) AS draw_number
  FROM unit_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
),
asked AS (
  SELECT unit, asked_on FROM questioning_known($known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND asked_on <= $as_of::DATE
)
SELECT
  draw_number, roster.unit, league, leader_post, stock_count,
  count(*) FILTER (asked.asked_on < date_trunc('month', $as_of::DATE)) AS asked_count,
  max(asked.asked_on) FILTER (asked.asked_on < date_trunc('month', $as_of::DATE)) AS last_asked_on,
  min(asked.asked_on) FILTER (asked.asked_on >= date_trunc('month', $as_of::DATE)) AS asked_on
FROM roster LEFT JOIN asked ON asked.unit = roster.unit
WHERE draw_number <= $size::BIGINT AND $seed::VARCHAR IS NOT NULL AND $as_of::DATE IS NOT NULL
GROUP BY draw_number, roster.unit, league, leader_post, stock_count
ORDER BY draw_number
