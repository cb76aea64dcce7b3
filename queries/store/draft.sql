-- A draft, with how many of its items go backwards.
SELECT coalesce(reversed_count, 0) FROM store.main.upload WHERE upload = $upload AND status = 'draft'
