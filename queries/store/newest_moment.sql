-- The newest moment at which anything was published, entered or taken back (UTC), and the highest
-- number of an upload: a clock that shows less was set back since.
SELECT max(moment) AS newest_at,
  (SELECT coalesce(max(upload), 0) FROM store.main.upload) AS last_upload
FROM (
  SELECT greatest(max(from_at), max(until_at)) AS moment FROM store.main.slice
  UNION ALL SELECT greatest(max(from_at), max(until_at)) FROM store.main.withdrawal
  UNION ALL SELECT greatest(max(from_at), max(until_at)) FROM store.main.finding_step
  UNION ALL SELECT greatest(max(from_at), max(until_at)) FROM store.main.meeting_instruction
)
