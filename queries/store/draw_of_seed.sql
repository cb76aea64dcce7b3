-- The draw of a campaign's month that was made with a seed.
SELECT draw FROM store.main.draw
WHERE campaign = $campaign AND period = $period::DATE AND seed = $seed
