-- Forget a campaign's notices, with everything else that is removed of it.
DELETE FROM store.main.notice WHERE campaign = $campaign
