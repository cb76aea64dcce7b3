-- Whether a campaign is put away: its row in force, if there is one.
SELECT archived_by, from_at FROM store.main.archive
WHERE campaign = $campaign AND until_at IS NULL
