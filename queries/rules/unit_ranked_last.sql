-- Which units were among the last of their league in the closing ranking of a quarter?
--
-- D3, by our own figures: the share of due items that are closed on the quarter's last day. Among
-- the last $count of the units that are ranked: ties that reach into them all are; the better half
-- of a small league is not. A unit with fewer due items than the pack's minimum, or whose list of
-- the quarter's last month is not in, is neither last nor does it end what was found before.
-- Found since the quarter's last day, until that of the next quarter in which it is better. Where
-- its interval overlaps that of the next better unit which is not among the last, the difference
-- may be chance, and the remark says so.
-- Example: 2 of 10 closed where the next better unit has 9 of 10: found; with 8 of 10 and 9 of 10
-- found as well, within chance.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $count     INTEGER    how many places are the last
--
-- Returns one row per item due and open at the end of the newest quarter it was last in
--   subject         VARCHAR  unit
--   detail          VARCHAR  its league
--   unit            VARCHAR  unit
--   since_on        DATE     last day of the first quarter in a row
--   until_on        DATE     last day of the quarter in which it is better; NULL while there is none
--   measured_value  DOUBLE   closed share in the newest of these quarters
--   threshold       DOUBLE   the first of the last places in that quarter
--   remark          VARCHAR  tied, within chance, few ranked; NULL
--   upload          BIGINT   upload the row is from
--   sheet           VARCHAR  sheet
--   row             BIGINT   row in the sheet

WITH quarter AS (
  SELECT list_filter(
    month_ends(start_on, least(end_on, $as_of::DATE)),
    lambda month_end: month(month_end) % 3 = 0 AND month_end <= $as_of::DATE) AS quarter_ends
  FROM memory.main.pack_campaign WHERE campaign = $campaign::VARCHAR
),
item AS MATERIALIZED (
  SELECT as_of, unit, is_closed, upload, sheet, row
  FROM item_on((SELECT quarter_ends FROM quarter), $known_at::TIMESTAMP)
  WHERE campaign = $campaign::VARCHAR AND is_due
),
unsent AS (
  SELECT DISTINCT unit, last_day(period) AS as_of
  FROM unit_list_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
  WHERE ledger IN ('problems', 'tasks') AND status IN ('missing', 'not yet due')
),
standing AS (
  SELECT item.as_of, roster.unit, roster.league, count(*) AS due_count,
         count(*) FILTER (is_closed) AS closed_count, closed_count / due_count AS closed_share
  FROM item
  JOIN unit_known($known_at::TIMESTAMP) AS roster
    ON roster.campaign = $campaign::VARCHAR AND roster.unit = item.unit
  ANTI JOIN unsent ON unsent.unit = item.unit AND unsent.as_of = item.as_of
  GROUP BY item.as_of, roster.unit, roster.league
  HAVING due_count >= (SELECT minimum_due_items FROM memory.main.pack_campaign
                       WHERE campaign = $campaign::VARCHAR)
),
placed AS (
  SELECT *, wilson_low(closed_count, due_count) AS share_low,
         wilson_high(closed_count, due_count) AS share_high,
         rank() OVER (PARTITION BY as_of, league ORDER BY closed_share DESC) AS place,
         count(*) OVER (PARTITION BY as_of, league, closed_share) AS tied_count,
         count(*) OVER (PARTITION BY as_of, league) AS place_count,
         among_last(place, tied_count, place_count, $count::INTEGER) AS is_last
  FROM standing
),
compared AS (
  SELECT *, arg_min(share_low, closed_share) FILTER (NOT is_last)
           OVER (PARTITION BY as_of, league) AS next_low,
         count(*) FILTER (NOT is_last) OVER earlier AS run,
         min(as_of) FILTER (NOT is_last) OVER later AS until_on
  FROM placed
  WINDOW earlier AS (PARTITION BY unit ORDER BY as_of),
    later AS (PARTITION BY unit ORDER BY as_of ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
),
newest AS (
  SELECT *, min(as_of) OVER (PARTITION BY unit, run) AS since_on
  FROM compared WHERE is_last
  QUALIFY row_number() OVER (PARTITION BY unit, run ORDER BY as_of DESC) = 1
)
SELECT
  newest.unit AS subject, league AS detail, newest.unit, since_on, until_on,
  closed_share AS measured_value, (place_count - $count::INTEGER + 1)::DOUBLE AS threshold,
  nullif(concat_ws('；',
    CASE WHEN tied_count > 1 THEN '并列' END,
    CASE WHEN share_high >= next_low THEN '与未列入的上一名的差别在机会误差之内' END,
    CASE WHEN place_count < 2 * $count::INTEGER THEN '参排仅' || place_count || '家' END), '')
    AS remark,
  upload, sheet, row
FROM newest
LEFT JOIN item ON item.as_of = newest.as_of AND item.unit = newest.unit AND NOT item.is_closed
ORDER BY since_on, subject, upload, sheet, row
