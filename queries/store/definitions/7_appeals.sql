-- Petitions and what became of appeals.

-- Every petition registered by the day, as last reported (B9).
--
-- is_closed   settled by the day: the closing day when it is given, else the state
-- is_on_time  due and settled by the deadline; a settling without a day is not called late
-- is_backlog  an old matter taken up again (积案): it is not a petition of the month it is
--             registered in
-- is_trip     people went in person to the province or to the capital
CREATE OR REPLACE MACRO petition_on(day_asked, known) AS TABLE
  WITH reported AS (
    SELECT slice.campaign, petitions.* REPLACE (coalesce(petitions.is_backlog, false) AS is_backlog)
    FROM store.main.petitions
    ANTI JOIN row_outdone('petitions', known) AS outdone USING (upload, sheet, row, item_key)
    JOIN slice_known(known) AS slice
      ON slice.upload = petitions.upload AND slice.ledger = 'petitions'
     AND slice.period = petitions.period
    WHERE petitions.received_on <= day_asked AND petitions.state IS DISTINCT FROM 'withdrawn'
  ),
  judged AS (
    SELECT *,
           coalesce(CASE WHEN closed_on IS NOT NULL THEN closed_on <= day_asked
                         ELSE state = 'closed' END, false) AS is_closed
    FROM reported
  )
  SELECT *,
         coalesce(due_on <= day_asked, false) AS is_due,
         coalesce(due_on < day_asked, false) AND NOT is_closed AS is_overdue,
         coalesce(
           due_on <= day_asked AND is_closed AND coalesce(closed_on, due_on) <= due_on, false)
           AS is_on_time,
         CASE WHEN is_closed THEN closed_on - received_on END AS answer_days,
         coalesce(level IN ('省级', '中央'), false) AND coalesce(form = '来访', true) AS is_trip
  FROM judged;

-- Tickets and petitions together (B9). A matter that both ledgers have under one number counts
-- once, as the petition that it is.
CREATE OR REPLACE MACRO appeal_on(day_asked, known) AS TABLE
  WITH petition AS (FROM petition_on(day_asked, known))
  SELECT campaign, 'petitions' AS ledger, item_key, title,
         CASE form WHEN '网上' THEN '网上信访' ELSE concat('信访', form) END AS channel,
         unit, community, received_on, due_on, closed_on, is_closed, is_resolved, is_satisfied,
         is_due, is_overdue, is_on_time, answer_days, is_backlog, is_trip, level, persons_count,
         assigned_by, disposal, upload, sheet, row
  FROM petition
  UNION ALL
  SELECT campaign, 'tickets', item_key, title, coalesce(channel, '未注明'),
         unit, community, received_on, due_on, closed_on, is_closed, is_resolved, is_satisfied,
         is_due, is_overdue, is_on_time, answer_days, false, false, NULL, NULL, NULL, NULL,
         upload, sheet, row
  FROM ticket_on([day_asked], known) AS ticket
  WHERE NOT EXISTS (
    FROM petition
    WHERE petition.campaign = ticket.campaign AND petition.item_key = ticket.item_key);
