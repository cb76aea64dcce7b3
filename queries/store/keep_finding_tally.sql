-- Roll a campaign's findings up: those that are alike in all that is counted, one row.
INSERT INTO memory.main.finding_tally BY NAME
FROM finding_alike($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
