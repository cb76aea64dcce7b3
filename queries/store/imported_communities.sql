-- Communities from imported lists, in force now.
SELECT slice.campaign, communities.name, communities.code, communities.street, communities.aliases
FROM store.main.communities JOIN slice_known(NULL::TIMESTAMP) AS slice USING (upload)
WHERE slice.ledger = 'communities' ORDER BY row
