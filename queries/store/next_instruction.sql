-- How many instructions a campaign's meetings have given in the year of $day.
SELECT count(*) FROM store.main.meeting_instruction
WHERE campaign = $campaign::VARCHAR AND year(given_on) = year($day::DATE)
