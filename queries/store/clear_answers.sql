-- Forget what was answered about a campaign's files.
DELETE FROM store.main.answer WHERE campaign = $campaign
