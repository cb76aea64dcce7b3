-- The units that any list ever named as an item's lead.
SELECT unit FROM store.main.problems WHERE item_key = $item_key::VARCHAR
UNION SELECT unit FROM store.main.tasks WHERE item_key = $item_key::VARCHAR
UNION SELECT unit FROM store.main.tickets WHERE item_key = $item_key::VARCHAR
