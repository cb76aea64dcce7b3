-- Drop a campaign's stretches.
DELETE FROM store.main.item_stretch WHERE campaign = $campaign::VARCHAR
