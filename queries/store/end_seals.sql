-- Lift the seals of a month; they are kept with the moment.
UPDATE store.main.seal SET until_at = $moment::TIMESTAMP
WHERE campaign = $campaign AND period = $period::DATE AND until_at IS NULL
