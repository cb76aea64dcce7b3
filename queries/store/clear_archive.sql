-- Forgets that a campaign was put away: all its data are being removed.
DELETE FROM store.main.archive WHERE campaign = $campaign
