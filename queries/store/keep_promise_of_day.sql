-- Count a campaign's items against their deadlines on these days, for the units as they are now.
INSERT INTO memory.kept.promise_of_day BY NAME
SELECT $turn::BIGINT AS turn, counted.*, unit_known.league, unit_known.leader_post
FROM promise_on($days::DATE[], NULL::TIMESTAMP) AS counted
LEFT JOIN unit_known(NULL::TIMESTAMP) AS unit_known USING (campaign, unit)
WHERE counted.campaign = $campaign::VARCHAR
