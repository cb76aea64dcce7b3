-- What changed for the tasks since the end of the month before?
--
-- A7. How each task stands on $as_of beside how it stood on the last day of the month before:
-- its light may change without a new list, because time passes. A task that was not listed
-- then is one change, under the column item_key.
-- Example: overdue since 10 September: column light, old_value yellow, new_value red.
--
-- Parameters
--   $campaign   VARCHAR    campaign slug; NULL means all
--   $as_of      DATE       the day the question is asked
--   $known_at   TIMESTAMP  as it was known then (UTC); NULL means now
--   $unit       VARCHAR[]  lead units; NULL means all
--   $league     VARCHAR    one league; NULL means all
--   $dimension  VARCHAR[]  classes; NULL means all
--   $post       VARCHAR    the post in charge of the lead unit; NULL means all
--   $item_key   VARCHAR    one task; NULL means all
--
-- Returns one row per changed column
--   campaign   VARCHAR  campaign slug
--   item_key   VARCHAR  the task
--   task       VARCHAR  its title
--   class      VARCHAR  its class
--   unit       VARCHAR  its lead unit
--   column     VARCHAR  our name of the column, light or achieved_share
--   old_value  VARCHAR  at the end of the month before; NULL when empty
--   new_value  VARCHAR  on the day; NULL when empty
--   upload     BIGINT   upload the new row came in
--   file       VARCHAR  its file
--   sheet      VARCHAR  its sheet
--   row        BIGINT   its row there

WITH asked AS (
  SELECT $as_of::DATE AS as_of, $item_key::VARCHAR AS key_asked,
    (date_trunc('month', $as_of::DATE) - INTERVAL 1 DAY)::DATE AS before_on
),
task AS (
  SELECT paced.*
  FROM task_asked(
    $campaign::VARCHAR, (SELECT [before_on, as_of] FROM asked), $known_at::TIMESTAMP,
    $unit::VARCHAR[], $league::VARCHAR, $dimension::VARCHAR[], $post::VARCHAR) AS paced
  CROSS JOIN asked WHERE key_asked IS NULL OR item_key = key_asked
),
stated AS (
  SELECT as_of, campaign, item_key, title, dimension, unit, upload, sheet, row,
    unnest([
      {'name': 'item_key', 'value': item_key}, {'name': 'light', 'value': light},
      {'name': 'state', 'value': state}, {'name': 'value', 'value': value::VARCHAR},
      {'name': 'achieved_share', 'value': achieved_share::VARCHAR},
      {'name': 'milestone', 'value': milestone},
      {'name': 'progress_note', 'value': progress_note},
      {'name': 'due_on', 'value': due_on::VARCHAR},
      {'name': 'target', 'value': target}, {'name': 'target_value', 'value': target_value::VARCHAR},
      {'name': 'title', 'value': title}, {'name': 'dimension', 'value': dimension},
      {'name': 'unit', 'value': unit}, {'name': 'partners', 'value': partners},
      {'name': 'leader_post', 'value': leader_post}
    ]) AS cell
  FROM task
),
beside AS (
  SELECT now.*, earlier.cell.value AS old_value, earlier.item_key IS NULL AS is_new
  FROM stated AS now
  JOIN asked ON now.as_of = asked.as_of
  LEFT JOIN stated AS earlier
    ON earlier.campaign = now.campaign AND earlier.item_key = now.item_key
   AND earlier.cell.name = now.cell.name AND earlier.as_of = asked.before_on
)
SELECT
  beside.campaign, item_key, title AS task, dimension AS class, beside.unit,
  cell.name AS "column", old_value, cell.value AS new_value,
  beside.upload, upload.file, sheet, row
FROM beside JOIN store.main.upload AS upload ON upload.upload = beside.upload
WHERE CASE WHEN is_new THEN cell.name = 'item_key' ELSE old_value IS DISTINCT FROM cell.value END
ORDER BY beside.campaign, item_key, "column"
