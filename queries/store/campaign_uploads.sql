-- The uploads of a campaign.
SELECT upload FROM store.main.upload WHERE campaign = $campaign ORDER BY upload
