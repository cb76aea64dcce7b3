-- Count a campaign's tickets received by these days by their communities.
INSERT INTO memory.kept.ticket_place_of_day BY NAME
SELECT $turn::BIGINT AS turn, counted.*, unit_known.league, unit_known.leader_post
FROM ticket_place_on($days::DATE[], NULL::TIMESTAMP) AS counted
LEFT JOIN unit_known(NULL::TIMESTAMP) AS unit_known USING (campaign, unit)
WHERE counted.campaign = $campaign::VARCHAR
