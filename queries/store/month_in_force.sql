-- Whether anything is published for a month.
SELECT count(*) FROM store.main.slice
WHERE campaign = $campaign AND period = $period::DATE AND from_at IS NOT NULL AND until_at IS NULL
