-- What was answered about a unit's files before; '' is the unit of files for all.
SELECT key, value FROM store.main.answer WHERE campaign = $campaign AND unit = $unit
ORDER BY given_at
