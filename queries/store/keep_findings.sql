-- Make a campaign's findings of what its rules found, in the order in which they are listed.
INSERT INTO memory.main.finding BY NAME
FROM finding_made($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP) ORDER BY place
