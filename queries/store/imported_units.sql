-- Units from imported rosters, in force now.
SELECT slice.campaign, units.name, units.league, units.aliases, units.leader_post
FROM store.main.units JOIN slice_known(NULL::TIMESTAMP) AS slice USING (upload)
WHERE slice.ledger = 'units' ORDER BY row
