-- What was exposed, apologised for and committed in public, and was it kept?
--
-- D17: kept when it is reported fulfilled and no follow-up found that untrue; broken when a
-- follow-up did; overdue past its day; open otherwise.
-- Example: committed on 12 May until 12 June and fulfilled on 10 June: kept; checked and found
-- untrue: broken.
--
-- Parameters
--   $campaign  VARCHAR    campaign slug
--   $as_of     DATE       the day the question is asked
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit      VARCHAR[]  units; NULL means all
--   $league    VARCHAR    one league; NULL means all
--   $post      VARCHAR    leader in charge of the unit; NULL means all
--
-- Returns one row per entry, what is not kept first, the oldest first
--   item_no       VARCHAR  its number; NULL when it has none
--   kind          VARCHAR  曝光, 公开道歉 or 公开承诺
--   title         VARCHAR  what was exposed or committed
--   unit          VARCHAR  unit
--   league        VARCHAR  its league
--   post          VARCHAR  post that committed itself
--   medium        VARCHAR  where it was published
--   published_on  DATE     day of publication
--   due_on        DATE     by when it is to be kept; NULL when no day is given
--   fulfilled_on  DATE     day it was reported fulfilled; NULL while it is not
--   is_confirmed  BOOLEAN  what a follow-up found; NULL when there was none
--   status        VARCHAR  kept, broken, overdue or open
--   overdue_days  BIGINT   days past due_on while not kept; NULL otherwise
--   note          VARCHAR  note of the list
--   upload        BIGINT   upload the row came in
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

SELECT
  item_no, kind, title, unit, league, post, medium, published_on, due_on,
  reported_on AS fulfilled_on, is_confirmed, status,
  CASE WHEN status IN ('broken', 'overdue') AND due_on < $as_of::DATE
       THEN $as_of::DATE - due_on END AS overdue_days,
  note, told.upload, file, sheet, row
FROM commitment_on($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) AS told
JOIN (SELECT upload, file FROM store.main.upload) AS uploads ON uploads.upload = told.upload
WHERE ($unit::VARCHAR[] IS NULL OR list_contains($unit::VARCHAR[], unit))
  AND ($league::VARCHAR IS NULL OR league = $league::VARCHAR)
  AND ($post::VARCHAR IS NULL OR leader_post = $post::VARCHAR)
ORDER BY list_position(['broken', 'overdue', 'open', 'kept'], status), published_on, title
