-- Keep the number of an upload that is being removed from being given again.
UPDATE store.main.setting SET value = greatest(value::BIGINT, $upload::BIGINT)::VARCHAR
WHERE name = 'last_upload'
