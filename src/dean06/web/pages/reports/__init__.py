"""Báo cáo: the month's report and its parts."""
