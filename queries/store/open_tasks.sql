-- The tasks of a campaign that are still open on a day, as last reported, under their first
-- deadline.
SELECT tasks.* REPLACE (coalesce(item.original_due_on, tasks.due_on) AS due_on)
FROM item_on([$as_of::DATE], NULL::TIMESTAMP) AS item
JOIN store.main.tasks AS tasks
  ON tasks.upload = item.upload AND tasks.sheet = item.sheet AND tasks.row = item.row
 AND tasks.item_key = item.item_key
WHERE item.campaign = $campaign AND item.ledger = 'tasks' AND NOT item.is_closed
ORDER BY tasks.unit, tasks.upload, tasks.sheet, tasks.row
