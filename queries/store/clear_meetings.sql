-- Forget a campaign's frozen meetings.
DELETE FROM store.main.meeting WHERE campaign = $campaign
