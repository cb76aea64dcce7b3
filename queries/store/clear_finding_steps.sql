-- Forget what was done about a campaign's findings.
DELETE FROM store.main.finding_step WHERE campaign = $campaign
