-- From which cell of which file was a published figure read?
--
-- A wide table gives many figures a row: `value_column` tells them apart.
-- Example: row 5 of a sheet with the value in column D: cell D5.
--
-- Scope: open
--
-- Parameters
--   $upload        BIGINT   number of the upload
--   $sheet         VARCHAR  its sheet
--   $row           BIGINT   its row there, 1-based
--   $value_column  VARCHAR  the column the value stands in; NULL means all
--
-- Returns one row per figure of that row of the sheet
--   upload     BIGINT   number of the upload
--   file       VARCHAR  name of the file
--   sheet      VARCHAR  its sheet
--   row        BIGINT   its row there
--   cell       VARCHAR  the cell of the value, as D5; NULL where only the row is known
--   item_key   VARCHAR  which figure it is
--   indicator  VARCHAR  name as the file has it
--   value      DOUBLE   value as the file has it

WITH asked AS (
  SELECT $upload::BIGINT AS upload, $sheet::VARCHAR AS sheet, $row::BIGINT AS row,
    $value_column::VARCHAR AS column_asked
)
SELECT upload, upload.file, sheet, row, value_column || row AS cell, item_key, indicator, value
FROM store.main.indicators
JOIN asked USING (upload, sheet, row)
JOIN store.main.upload AS upload USING (upload)
WHERE column_asked IS NULL OR value_column = column_asked
ORDER BY value_column, item_key
