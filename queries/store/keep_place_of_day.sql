-- Count a campaign's items by their communities on these days.
INSERT INTO memory.kept.place_of_day BY NAME
SELECT $turn::BIGINT AS turn, counted.*, unit_known.league, unit_known.leader_post
FROM place_on($days::DATE[], NULL::TIMESTAMP) AS counted
LEFT JOIN unit_known(NULL::TIMESTAMP) AS unit_known USING (campaign, unit)
WHERE counted.campaign = $campaign::VARCHAR
