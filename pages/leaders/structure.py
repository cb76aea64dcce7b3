"""行动架构: what the document says of the campaign, and what it leaves open (A1-A5, A8-A14)."""

from tally import board
from tally.board.structure import structure_panels, structure_verdict

chosen = board.filters()
phases = board.ask("campaign_phases", chosen).to_dict("records")
board.verdict(structure_verdict(chosen, phases))
structure_panels(chosen)
