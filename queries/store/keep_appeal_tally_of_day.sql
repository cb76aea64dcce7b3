-- Count a campaign's tickets and petitions together on these days.
INSERT INTO memory.kept.appeal_tally_of_day BY NAME
SELECT $turn::BIGINT AS turn, counted.*, unit_known.league, unit_known.leader_post
FROM appeal_tally_on($days::DATE[], NULL::TIMESTAMP) AS counted
LEFT JOIN unit_known(NULL::TIMESTAMP) AS unit_known USING (campaign, unit)
WHERE counted.campaign = $campaign::VARCHAR
