-- How many tasks has each class, against what the document states, and how do they stand?
--
-- A5. A class that the document counts is listed even when no list names a task of it. The
-- light is that of task_progress.
-- Example: 13 stated, 12 listed, of which 2 closed and 1 overdue: missing_count 1.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  classes; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--
-- Returns one row per class, in the pack's order
--   campaign       VARCHAR  campaign slug
--   class          VARCHAR  class; 未注明 for tasks without one
--   stated_count   BIGINT   tasks that the document states; NULL where it states none
--   task_count     BIGINT   tasks in the lists
--   missing_count  BIGINT   stated less listed, below 0 when more are listed; NULL as stated_count
--   closed_count   BIGINT   tasks closed
--   closed_share   DOUBLE   closed / tasks, 0 to 1; NULL without tasks
--   overdue_count  BIGINT   deadline passed and not closed
--   green_count    BIGINT   closed, or at the pace of the schedule
--   yellow_count   BIGINT   behind the pace
--   red_count      BIGINT   far behind the pace, or overdue
--   unlit_count    BIGINT   without a statement or a deadline

WITH asked AS (
  SELECT $campaign::VARCHAR AS slug, $dimension::VARCHAR[] AS dimensions
),
counted AS (
  SELECT campaign, coalesce(dimension, '未注明') AS dimension,
    count(*) AS task_count,
    count(*) FILTER (is_closed) AS closed_count,
    count(*) FILTER (is_overdue) AS overdue_count,
    count(*) FILTER (light = 'green') AS green_count,
    count(*) FILTER (light = 'yellow') AS yellow_count,
    count(*) FILTER (light = 'red') AS red_count,
    count(*) FILTER (light IS NULL) AS unlit_count
  FROM task_asked(
    $campaign::VARCHAR, [$as_of::DATE], $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR)
  GROUP BY ALL
),
stated AS (
  SELECT campaign, dimension, stated_count, position
  FROM memory.main.pack_dimension CROSS JOIN asked
  WHERE stated_count IS NOT NULL AND (slug IS NULL OR campaign = slug)
    AND (dimensions IS NULL OR list_contains(dimensions, dimension))
    -- A pack states the size of its classes whatever its lists are: only lists of tasks have them.
    AND EXISTS (
      FROM memory.main.pack_ledger AS expected
      WHERE expected.campaign = pack_dimension.campaign AND expected.ledger = 'tasks')
)
SELECT
  campaign, dimension AS class, stated_count, coalesce(task_count, 0) AS task_count,
  stated_count - coalesce(task_count, 0) AS missing_count,
  coalesce(closed_count, 0) AS closed_count, share(closed_count, task_count) AS closed_share,
  coalesce(overdue_count, 0) AS overdue_count, coalesce(green_count, 0) AS green_count,
  coalesce(yellow_count, 0) AS yellow_count, coalesce(red_count, 0) AS red_count,
  coalesce(unlit_count, 0) AS unlit_count
FROM stated FULL JOIN counted USING (campaign, dimension)
ORDER BY campaign, position NULLS LAST, dimension
