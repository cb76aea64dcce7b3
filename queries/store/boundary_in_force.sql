-- The number of the boundary that a campaign's map draws, if one was uploaded.
SELECT max(boundary) FROM store.main.boundary
WHERE campaign = $campaign::VARCHAR AND until_at IS NULL
HAVING max(boundary) IS NOT NULL
