-- What was recognised in an upload, and what is wrong with it?
--
-- Both lists are kept as JSON, as the command line prints them.
-- Example: recognised names each sheet, its ledger, header row, rows and columns.
--
-- Parameters
--   $upload  BIGINT  number of the upload
--
-- Returns one row
--   upload      BIGINT   number of the upload
--   file        VARCHAR  file name
--   recognised  VARCHAR  JSON list of sheets
--   problems    VARCHAR  JSON list of problems

SELECT upload, file, recognised, problems FROM store.main.upload WHERE upload = $upload::BIGINT
