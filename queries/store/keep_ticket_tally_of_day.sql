-- Count a campaign's tickets on these days: those alike in what is asked about as one row.
INSERT INTO memory.kept.ticket_tally_of_day BY NAME
SELECT $turn::BIGINT AS turn, *
FROM ticket_tally_on($days::DATE[], NULL::TIMESTAMP)
WHERE campaign = $campaign::VARCHAR
