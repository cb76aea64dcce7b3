-- What a month is sealed for.
SELECT quoted_in FROM store.main.seal
WHERE campaign = $campaign AND period = $period::DATE AND until_at IS NULL ORDER BY quoted_in
