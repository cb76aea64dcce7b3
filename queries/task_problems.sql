-- Which problems hinder a task, and which wait for a level that must solve them?
--
-- A7, B15. Problems that name a task, a level, or both; the level's owner is the pack's. The
-- age counts from the day a problem was registered until it was closed.
-- Example: registered on 18 June for the city's level, open on 30 September: age_days 104, owner
-- 市政府办公室.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  dimensions; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $task       VARCHAR    problems of one task; NULL means all
--   $level      VARCHAR    problems for one level; NULL means all
--
-- Returns one row per problem: open before closed, the longest overdue and the oldest first
--   campaign      VARCHAR  campaign slug
--   item_key      VARCHAR  who the problem is
--   title         VARCHAR  what it is about
--   task          VARCHAR  number of the task; NULL for none
--   unit          VARCHAR  lead unit
--   partners      VARCHAR  partner units
--   level         VARCHAR  level that must solve it; NULL when not stated
--   owner         VARCHAR  who answers for that level; NULL when the pack names nobody
--   channel       VARCHAR  how it came up
--   state         VARCHAR  state as last reported
--   found_on      DATE     day it was registered
--   age_days      BIGINT   days open; NULL without that day
--   due_on        DATE     deadline in force
--   closed_at_on  DATE     closing day; NULL while open
--   is_closed     BOOLEAN  closed by the day
--   is_overdue    BOOLEAN  overdue on the day
--   overdue_days  BIGINT   days since the deadline
--   upload        BIGINT   upload the row came in
--   file          VARCHAR  its file
--   sheet         VARCHAR  its sheet
--   row           BIGINT   its row there

WITH asked AS (SELECT $task::VARCHAR AS task_asked, $level::VARCHAR AS level_asked),
problem AS (
  SELECT item.*, nullif(trim(said.task_no), '') AS task_no, said.level, said.channel
  FROM item_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS item
  JOIN store.main.problems AS said
    ON said.upload = item.upload AND said.sheet = item.sheet AND said.row = item.row
   AND said.item_key = item.item_key
  WHERE item.ledger = 'problems'
)
SELECT
  problem.campaign, problem.item_key, problem.title, task_no AS task, problem.unit,
  problem.partners, problem.level, nullif(pack_class.owner, '') AS owner, problem.channel,
  problem.state, problem.found_on,
  CASE WHEN problem.is_closed THEN problem.closed_at_on ELSE problem.as_of END - problem.found_on
    AS age_days,
  problem.due_on, CASE WHEN problem.is_closed THEN problem.closed_at_on END AS closed_at_on,
  problem.is_closed, problem.is_overdue, problem.overdue_days,
  problem.upload, upload.file, problem.sheet, problem.row
FROM problem
JOIN store.main.upload AS upload ON upload.upload = problem.upload
CROSS JOIN asked
LEFT JOIN memory.main.pack_class AS pack_class
  ON pack_class.campaign = problem.campaign AND pack_class.axis = 'level'
 AND pack_class.name = problem.level
WHERE (task_no IS NOT NULL OR problem.level IS NOT NULL)
  AND (task_asked IS NULL OR task_no = task_asked)
  AND (level_asked IS NULL OR problem.level = level_asked)
ORDER BY problem.campaign, problem.is_closed, problem.overdue_days DESC NULLS LAST,
  age_days DESC NULLS LAST, problem.item_key
