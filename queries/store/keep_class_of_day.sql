-- Count a campaign's items by their classes and channels on these days.
INSERT INTO memory.kept.class_of_day BY NAME
SELECT $turn::BIGINT AS turn, counted.*, unit_known.league, unit_known.leader_post
FROM class_on($days::DATE[], NULL::TIMESTAMP) AS counted
LEFT JOIN unit_known(NULL::TIMESTAMP) AS unit_known USING (campaign, unit)
WHERE counted.campaign = $campaign::VARCHAR
