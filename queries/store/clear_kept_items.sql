-- Drop what is kept of a campaign's items, before its stretches.
DELETE FROM store.main.item_kept WHERE stretch IN (
  SELECT stretch FROM store.main.item_stretch WHERE campaign = $campaign::VARCHAR)
