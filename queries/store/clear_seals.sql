-- Take a campaign's seals out of the store.
DELETE FROM store.main.seal WHERE campaign = $campaign
