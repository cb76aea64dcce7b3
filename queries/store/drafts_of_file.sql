-- The drafts of one file.
SELECT upload FROM store.main.upload WHERE sha256 = $sha256 AND status = 'draft'
