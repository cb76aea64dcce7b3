-- Find a campaign's leads to matters that may have come back on these days, the likest first.
INSERT INTO memory.kept.lead_of_day BY NAME
SELECT $turn::BIGINT AS turn, found.*, newer.league, newer.leader_post,
  earlier.league AS earlier_league, earlier.leader_post AS earlier_leader_post
FROM lead_on($days::DATE[], NULL::TIMESTAMP) AS found
LEFT JOIN unit_known(NULL::TIMESTAMP) AS newer
  ON newer.campaign = found.campaign AND newer.unit = found.unit
LEFT JOIN unit_known(NULL::TIMESTAMP) AS earlier
  ON earlier.campaign = found.campaign AND earlier.unit = found.earlier_unit
WHERE found.campaign = $campaign::VARCHAR
ORDER BY likeness DESC, found_at_on DESC, item_key, earlier_item_key
