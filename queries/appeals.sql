-- Which tickets and petitions are behind a figure?
--
-- B9. A matter in both ledgers under one number is listed once, as a petition.
-- Example: channel 网上信访, state overdue: online petitions whose deadline passed unanswered.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $channel    VARCHAR    one channel; NULL means all
--   $community  VARCHAR    one community; NULL means all
--   $state      VARCHAR    open, overdue, unsatisfied, unresolved, backlog, trip or assigned; NULL means all but old matters (积案)
--   $unnamed    VARCHAR    unit, community or channel: only what names none; NULL means all
--   $at_most    BIGINT     so many rows, in this order; NULL means all
--
-- Returns one row per ticket or petition, the overdue first, then the open, then the newest
--   campaign       VARCHAR  campaign slug
--   ledger         VARCHAR  tickets or petitions
--   item_key       VARCHAR  its number, or a key of its text
--   title          VARCHAR  what it is about
--   channel        VARCHAR  channel
--   unit           VARCHAR  unit that handles it
--   community      VARCHAR  community, if named
--   received_on    DATE     day of receipt
--   due_on         DATE     deadline, if there is one
--   closed_on      DATE     day it was closed
--   is_closed      BOOLEAN  closed by the day
--   is_overdue     BOOLEAN  deadline passed and not closed
--   is_resolved    BOOLEAN  said to be resolved; NULL when not said
--   is_satisfied   BOOLEAN  rated satisfied; NULL when not rated
--   is_backlog     BOOLEAN  an old matter taken up again (积案)
--   level          VARCHAR  where a petition was brought: 区级, 市级, 省级, 中央
--   persons_count  DOUBLE   persons who came, if told
--   assigned_by    VARCHAR  who assigned it, if anyone
--   open_days      BIGINT   days since receipt of what is open; NULL when closed
--   upload         BIGINT   upload the row came in
--   file           VARCHAR  its file
--   sheet          VARCHAR  its sheet
--   row            BIGINT   its row there

-- Where no state is asked for, the page lies in the months with open ones and in the newest: the days
-- of the others are not read. Of several campaigns all are.
WITH page_day AS (
  SELECT unnest(generate_series(first_day, last_day(first_day), INTERVAL 1 DAY))::DATE AS day
  FROM (
    SELECT (month || '-01')::DATE AS first_day
    FROM appeal_tally_asked(
      $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP, $unit::VARCHAR[],
      $league::VARCHAR, $post::VARCHAR)
    WHERE ($channel::VARCHAR IS NULL OR channel = $channel::VARCHAR)
      AND ($community::VARCHAR IS NULL OR community = $community::VARCHAR)
    GROUP BY month
    QUALIFY coalesce($state::VARCHAR, $unnamed::VARCHAR) IS NOT NULL OR $at_most::BIGINT IS NULL
      OR $campaign::VARCHAR IS NULL OR sum(received_count) > sum(closed_count)
      OR coalesce(sum(sum(received_count) FILTER (NOT is_backlog)) OVER (
          ORDER BY month DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
        < $at_most::BIGINT
  )
),
-- Each ledger is told the days by itself: what both are together is read before it is looked at.
appeal AS NOT MATERIALIZED (
  FROM petition_appeal_on_days([$as_of::DATE], $known_at::TIMESTAMP)
  WHERE received_on IN (SELECT day FROM page_day)
  UNION ALL
  FROM ticket_appeal_on_days([$as_of::DATE], $known_at::TIMESTAMP)
  WHERE received_on IN (SELECT day FROM page_day)
),
listed AS (
  FROM appeal
  WHERE ($campaign::VARCHAR IS NULL OR appeal.campaign = $campaign::VARCHAR)
    AND ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], appeal.unit))
    -- The roster is asked only where it is a filter.
    AND (coalesce($league::VARCHAR, $post::VARCHAR) IS NULL OR list_contains((
      SELECT list([campaign, unit]) FROM unit_known($known_at::TIMESTAMP)
      WHERE ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
        AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)), [appeal.campaign, appeal.unit]))
    AND ($channel::VARCHAR IS NULL OR channel = $channel::VARCHAR)
    AND ($community::VARCHAR IS NULL OR community = $community::VARCHAR)
    AND CASE $unnamed::VARCHAR WHEN 'unit' THEN appeal.unit IS NULL
        WHEN 'community' THEN community IS NULL WHEN 'channel' THEN channel IS NULL ELSE true END
    AND CASE $state::VARCHAR
        WHEN 'backlog' THEN is_backlog
        WHEN 'assigned' THEN assigned_by IS NOT NULL
        WHEN 'trip' THEN NOT is_backlog AND is_trip
        WHEN 'open' THEN NOT is_backlog AND NOT is_closed
        WHEN 'overdue' THEN NOT is_backlog AND is_overdue
        WHEN 'unsatisfied' THEN NOT is_backlog AND is_closed AND is_satisfied = false
        WHEN 'unresolved' THEN NOT is_backlog AND is_closed AND is_resolved = false
        ELSE NOT is_backlog END
  ORDER BY appeal.campaign, is_overdue DESC, is_closed, received_on DESC, upload, sheet, row
  LIMIT $at_most::BIGINT
)
SELECT
  listed.campaign, listed.ledger, item_key, title, channel, listed.unit, community, received_on,
  due_on, closed_on, is_closed, is_overdue, is_resolved, is_satisfied, is_backlog, level,
  persons_count, assigned_by,
  CASE WHEN NOT is_closed THEN $as_of::DATE - received_on END AS open_days,
  listed.upload, upload.file, sheet, row
FROM listed
JOIN store.main.upload AS upload ON upload.upload = listed.upload
ORDER BY listed.campaign, is_overdue DESC, is_closed, received_on DESC, listed.upload, sheet, row
