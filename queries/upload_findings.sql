-- What was recognised in an upload, and what is wrong with it?
--
-- The lists are kept as JSON, as the command line prints them. A state as in `uploads`.
-- Example: recognised names each sheet, its ledger, header row, rows and columns (from the
-- file's own headers to ours).
--
-- Scope: upload
--
-- Parameters
--   $upload  BIGINT  number of the upload
--
-- Returns one row
--   upload      BIGINT   number of the upload
--   campaign    VARCHAR  campaign slug
--   file        VARCHAR  file name
--   sha256      VARCHAR  of the original, which is kept
--   status      VARCHAR  draft, published, replaced, undone, returned or refused
--   recognised  VARCHAR  JSON list of sheets
--   problems    VARCHAR  JSON list of problems
--   questions   VARCHAR  JSON list of what is still asked
--   answers     VARCHAR  JSON of what the person who sent it explained, by key; NULL for nothing

SELECT upload, campaign, file, sha256, status, recognised, problems, questions, answers
FROM store.main.upload WHERE upload = $upload::BIGINT
