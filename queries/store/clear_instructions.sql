-- Forget what was told to do in a campaign's meetings.
DELETE FROM store.main.meeting_instruction WHERE campaign = $campaign
