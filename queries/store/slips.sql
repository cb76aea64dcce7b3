-- The ladder of slips of a campaign, from the lowest up.
SELECT slip, level, working_days, source
FROM memory.main.pack_slip WHERE campaign = $campaign::VARCHAR ORDER BY position
