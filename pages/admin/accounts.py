"""账号: who may log in; 系统管理员 keeps the accounts, 安全管理员 grants (B1 to B3 of 等保)."""

from tally import board
from tally.board import accounts

board.filters()
accounts.show()
