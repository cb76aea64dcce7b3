-- The originals that uploads were read from: a refused file is not kept, and a nil return has none.
SELECT DISTINCT sha256 FROM store.main.upload
WHERE status <> 'refused' AND coalesce(sha256, '') <> '' AND NOT coalesce(is_nil, false)
