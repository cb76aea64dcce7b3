-- Drop these stretches.
DELETE FROM store.main.item_stretch WHERE list_contains($stretches::BIGINT[], stretch)
