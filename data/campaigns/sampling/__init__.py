"""Writes the sample workbooks of the packs: `python -m data.campaigns.sampling`.

A development tool. Everything it writes is invented (演示数据), seeded and the same
on every run; the workbooks in `data/campaigns/*/samples/` are its output.
"""
