-- The number of the next upload; that of one removed is not given again.
SELECT greatest(coalesce(max(upload), 0), (
  SELECT coalesce(max(value::BIGINT), 0) FROM store.main.setting WHERE name = 'last_upload')) + 1
FROM store.main.upload
