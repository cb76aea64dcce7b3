-- Forget a campaign's draws with what they were drawn from.
DELETE FROM store.main.draw WHERE campaign = $campaign
