-- The stretches that were kept of a campaign, whether they still hold or not.
SELECT stretch, asked_on, from_on, until_on, stands_on
FROM store.main.item_stretch WHERE campaign = $campaign::VARCHAR ORDER BY stretch
