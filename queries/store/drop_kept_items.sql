-- Drop the kept items of these stretches.
DELETE FROM store.main.item_kept WHERE list_contains($stretches::BIGINT[], stretch)
