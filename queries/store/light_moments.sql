-- At which month ends, and known when, the rules that turn lights are asked about the past.
SELECT month_end, moment
FROM light_moment($campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP)
