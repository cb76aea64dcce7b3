-- Which units closed the largest share of what was due?
--
-- Units are compared within their league only (A3). Due means the deadline in force fell
-- on or before $as_of; closed late still counts as closed. With fewer due items than the
-- pack's minimum a unit is listed without a rank (F3). What a check found false counts against
-- the unit: it is not closed (B4). $unit and $post narrow what
-- is shown, not whom a unit is ranked against.
-- Example: 14 of 15 and 28 of 30 are both 0.933 and share rank 2; the next is rank 4.
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
-- Returns one row per unit of the roster, best first
--   campaign          VARCHAR  campaign slug
--   league            VARCHAR  league
--   unit              VARCHAR  unit
--   item_count        BIGINT   items led
--   due_count         BIGINT   items due
--   closed_due_count  BIGINT   of the due, those closed
--   closed_share      DOUBLE   closed / due, 0 to 1; NULL when nothing was due
--   share_low         DOUBLE   lower 95 % Wilson bound
--   share_high        DOUBLE   upper 95 % Wilson bound
--   league_share      DOUBLE   closed / due of the whole league
--   rank              BIGINT   1 is best; ties share a rank; NULL with too few due
--   is_tied           BOOLEAN  another unit has the same rank
--   rank_change       BIGINT   places gained since the end of the month before; NULL without a rank then
--   overdue_count     BIGINT   items overdue
--   reopened_count    BIGINT   found false by a check (假销号) and not closed anew: open again
--   is_reported       BOOLEAN  the month's list of the unit is in
--   state             VARCHAR  behind, low or level among its league

WITH asked AS (
  SELECT $as_of::DATE AS as_of
),
standing AS (
  FROM unit_standing(
    $campaign::VARCHAR,
    (SELECT [as_of, (date_trunc('month', as_of) - INTERVAL 1 DAY)::DATE] FROM asked),
    $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
compared AS (
  SELECT *, lag(rank) OVER (PARTITION BY campaign, unit ORDER BY as_of) - rank AS rank_change
  FROM standing
)
SELECT
  compared.campaign, compared.league, compared.unit,
  item_count, due_count, closed_due_count, closed_share, share_low, share_high, league_share,
  rank, is_tied, rank_change, overdue_count, reopened_count,
  is_reported, state
FROM compared JOIN asked USING (as_of)
JOIN unit_reported($as_of::DATE, $known_at::TIMESTAMP) AS reported
  USING (campaign, unit)
ORDER BY compared.campaign, compared.league, rank NULLS LAST, closed_share DESC NULLS LAST, compared.position
