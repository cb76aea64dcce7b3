-- How did a campaign move, month by month, towards zero?
--
-- Each month is judged at its end, over the items its lists held; the month of $as_of at
-- $as_of itself. The plan is what would remain open had every deadline been kept (B6);
-- months after $as_of carry only the plan, of the items known on $as_of.
-- Example: 96 items in July with 14 closed leave 82; 18 of them due, the plan leaves 78.
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
-- Returns one row per month, from the first published to the campaign's last
--   campaign                 VARCHAR  campaign slug
--   month                    VARCHAR  YYYY-MM
--   is_reported              BOOLEAN  the month is not after $as_of
--   item_count               BIGINT   items at the month's end
--   due_count                BIGINT   due by then
--   closed_count             BIGINT   closed by then
--   closed_due_count         BIGINT   closed of the due
--   closed_share             DOUBLE   closed_due / due, 0 to 1
--   on_time_share            DOUBLE   on time / due, 0 to 1
--   overdue_count            BIGINT   overdue at the month's end
--   verified_count           BIGINT   verified by then
--   remaining_count          BIGINT   open at the month's end
--   planned_remaining_count  BIGINT   open if every deadline is kept
--   in_count                 BIGINT   items more than at the month before
--   out_count                BIGINT   closed more than at the month before

WITH span AS (
  SELECT slice.campaign,
    min(slice.period) AS first_month,
    greatest(any_value(pack_campaign.end_on), $as_of::DATE) AS last_day
  FROM slice_known($known_at::TIMESTAMP) AS slice JOIN memory.main.pack_campaign USING (campaign)
  WHERE slice.ledger IN ('problems', 'tasks')
    AND ($campaign::VARCHAR IS NULL OR slice.campaign = $campaign::VARCHAR)
  GROUP BY slice.campaign
),
judged_day AS (
  SELECT campaign, month_last_day, least(month_last_day, $as_of::DATE) AS judged_on,
    date_trunc('month', month_last_day) <= $as_of::DATE AS is_reported
  FROM (SELECT campaign, unnest(month_ends(first_month, last_day)) AS month_last_day FROM span)
),
item AS (
  FROM tally_of_days(
    $campaign::VARCHAR, (SELECT list(judged_on) FILTER (is_reported) FROM judged_day),
    $known_at::TIMESTAMP, $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
),
counted AS (
  SELECT campaign, as_of AS counted_on,
    tallied(alike_count, true) AS item_count,
    tallied(alike_count, is_due) AS due_count,
    tallied(alike_count, is_closed) AS closed_count,
    tallied(alike_count, is_due AND is_closed) AS closed_due_count,
    tallied(alike_count, is_on_time) AS on_time_count,
    tallied(alike_count, is_verified) AS verified_count,
    tallied(alike_count, is_overdue) AS overdue_count
  FROM item GROUP BY ALL
),
planned AS (
  SELECT item.campaign, month_last_day AS planned_on,
    tallied(alike_count, due_on IS NULL OR due_on > month_last_day) AS planned_remaining_count
  FROM judged_day JOIN item ON item.campaign = judged_day.campaign AND item.as_of = judged_on
  WHERE NOT is_reported GROUP BY ALL
)
SELECT
  judged_day.campaign, strftime(month_last_day, '%Y-%m') AS month, is_reported,
  item_count, due_count, closed_count, closed_due_count,
  share(closed_due_count, due_count) AS closed_share,
  share(on_time_count, due_count) AS on_time_share,
  overdue_count, verified_count,
  item_count - closed_count AS remaining_count,
  CASE WHEN is_reported THEN item_count - due_count ELSE planned_remaining_count END
    AS planned_remaining_count,
  item_count - coalesce(lag(item_count) OVER by_month, 0) AS in_count,
  closed_count - coalesce(lag(closed_count) OVER by_month, 0) AS out_count
FROM judged_day
LEFT JOIN counted
  ON counted.campaign = judged_day.campaign AND counted_on = judged_on AND is_reported
LEFT JOIN planned ON planned.campaign = judged_day.campaign AND planned_on = month_last_day
WINDOW by_month AS (PARTITION BY judged_day.campaign ORDER BY month_last_day)
ORDER BY judged_day.campaign, month_last_day
