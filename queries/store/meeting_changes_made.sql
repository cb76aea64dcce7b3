-- Make what changed of a campaign between two states, in the order of the list.
FROM meeting_change_made(
  $campaign::VARCHAR, $as_of::DATE, $known_at::TIMESTAMP, $before_on::DATE,
  $before_known_at::TIMESTAMP)
ORDER BY place
