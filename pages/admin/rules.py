"""规则: each rule with its clause and limits, and what it would have found with other ones."""

from tally import board
from tally.board.rules import rule_list, rules_verdict, trial

chosen = board.filters()
rules = board.ask("rules_in_force", campaign=chosen.campaign)
board.verdict(rules_verdict(rules))
if not rules.empty:
    rule = rule_list(rules)
    trial(chosen, rule)
