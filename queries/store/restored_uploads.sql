-- The uploads that taking one back put in force again at a moment.
SELECT DISTINCT upload FROM store.main.slice
WHERE from_at = $moment::TIMESTAMP AND until_at IS NULL ORDER BY upload
