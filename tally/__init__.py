"""Tally 争先看板: campaign ledgers in, leadership screens out."""

VERSION = "0.8"
