-- The problems of a campaign that are still open on a day, as last reported, under their first
-- deadline.
SELECT problems.* REPLACE (coalesce(item.original_due_on, problems.due_on) AS due_on)
FROM item_on([$as_of::DATE], NULL::TIMESTAMP) AS item
JOIN store.main.problems AS problems
  ON problems.upload = item.upload AND problems.sheet = item.sheet AND problems.row = item.row
 AND problems.item_key = item.item_key
WHERE item.campaign = $campaign AND item.ledger = 'problems' AND NOT item.is_closed
ORDER BY problems.unit, problems.upload, problems.sheet, problems.row
