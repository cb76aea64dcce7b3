-- What changed for an item, from month to month?
--
-- Every change follows from two consecutive published lists. The first list that names the
-- item is one change from nothing, under the column item_key. A step on its way (延期, 提级, 移交,
-- 合并, 拆分 …) is a change under the step's name, in the month it was taken (B10).
-- Example: open in August, closed in September: month 2022-09, column state, old_value open,
-- new_value closed.
--
-- Scope: item
--
-- Parameters
--   $campaign  VARCHAR    campaign slug; NULL means all
--   $item_key  VARCHAR    the item
--   $known_at  TIMESTAMP  as it was known then (UTC); NULL means now
--
-- Returns one row per changed column, oldest first
--   changed_at  TIMESTAMP  when the list was first published (UTC)
--   month       VARCHAR    YYYY-MM of the list
--   column      VARCHAR    our name of the column, or the step
--   old_value   VARCHAR    before; NULL when empty
--   new_value   VARCHAR    after; NULL when empty
--   upload      BIGINT     upload the new value came in
--   file        VARCHAR    its file
--   sheet       VARCHAR    its sheet
--   row         BIGINT     its row there

WITH asked AS (SELECT $campaign::VARCHAR AS slug, $item_key::VARCHAR AS key_asked),
-- A list that an undo brought back has been in force before.
published AS (
  SELECT upload, ledger, period, min(from_at) AS from_at FROM store.main.slice GROUP BY ALL
),
report AS (
  SELECT item_report.*, published.from_at
  FROM item_report($known_at::TIMESTAMP) AS item_report
  CROSS JOIN asked
  JOIN published
    ON published.upload = item_report.upload AND published.ledger = item_report.ledger
   AND published.period = item_report.period
  WHERE item_report.item_key = key_asked AND (slug IS NULL OR item_report.campaign = slug)
),
stated AS (
  SELECT from_at, period, upload, sheet, row, campaign, ledger,
    unnest([
      {'name': 'item_key', 'value': item_key}, {'name': 'title', 'value': title},
      {'name': 'dimension', 'value': dimension}, {'name': 'unit', 'value': unit},
      {'name': 'partners', 'value': partners}, {'name': 'leader_post', 'value': leader_post},
      {'name': 'community', 'value': community}, {'name': 'goal', 'value': goal},
      {'name': 'measure', 'value': measure}, {'name': 'target', 'value': target},
      {'name': 'milestone', 'value': milestone}, {'name': 'due_on', 'value': due_on::VARCHAR},
      {'name': 'extended_to', 'value': extended_to::VARCHAR},
      {'name': 'extended_on', 'value': extended_on::VARCHAR},
      {'name': 'state', 'value': state}, {'name': 'closed_on', 'value': closed_on::VARCHAR},
      {'name': 'value', 'value': value::VARCHAR},
      {'name': 'progress_share', 'value': progress_share::VARCHAR},
      {'name': 'progress_note', 'value': progress_note}, {'name': 'note', 'value': note}
    ]) AS cell
  FROM report
),
followed AS (
  SELECT *, lag(cell.value) OVER lists AS old_value, row_number() OVER lists = 1 AS is_first
  FROM stated
  WINDOW lists AS (PARTITION BY campaign, ledger, cell.name ORDER BY period)
),
changed AS (
  SELECT from_at AS changed_at, period, cell.name AS "column", old_value, cell.value AS new_value,
    upload, sheet, row
  FROM followed
  WHERE CASE WHEN is_first THEN cell.name = 'item_key' ELSE old_value IS DISTINCT FROM cell.value END
  UNION ALL
  SELECT published.from_at, steps.period, step, old_value, new_value, steps.upload, sheet, row
  FROM step_known($known_at::TIMESTAMP) AS steps CROSS JOIN asked
  JOIN published
    ON published.upload = steps.upload AND published.ledger = 'steps'
   AND published.period = steps.period
  WHERE steps.item_key = key_asked AND (slug IS NULL OR steps.campaign = slug)
)
SELECT
  changed_at, strftime(period, '%Y-%m') AS month, "column", old_value, new_value, changed.upload,
  upload.file, sheet, row
FROM changed JOIN store.main.upload AS upload ON upload.upload = changed.upload
ORDER BY period, "column", row
