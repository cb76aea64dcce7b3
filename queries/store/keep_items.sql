-- Keep the items of a campaign as they stand on these days, each under the number of its stretch.
--
-- The open ones first, the longest overdue before the others: who asks for those passes over the rest.
INSERT INTO store.main.item_kept
SELECT numbered.stretch, item.* EXCLUDE (gone), gone.said_on, gone.upload, gone.row
FROM item_stated($days::DATE[], NULL::TIMESTAMP) AS item
JOIN (SELECT unnest($days::DATE[]) AS asked_on, unnest($stretches::BIGINT[]) AS stretch) AS numbered
  ON numbered.asked_on = item.as_of
WHERE item.campaign = $campaign::VARCHAR
ORDER BY numbered.stretch, item.is_closed, item.due_on
