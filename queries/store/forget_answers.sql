-- Make way for new answers to the same questions.
DELETE FROM store.main.answer
WHERE campaign = $campaign AND unit = $unit AND list_contains($keys::VARCHAR[], key)
