-- The unit that sent an upload; '' for a list of all units.
SELECT coalesce(unit, '') AS unit FROM store.main.upload WHERE upload = $upload::BIGINT
