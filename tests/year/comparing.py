"""A group's year as its pages tell it, held against the recount of its script."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dean06.clock import service as clock
from year import recount_of_conduct, recount_of_money, recount_of_papers, recount_of_votes, recount_of_work, shown
from year.driver import Driver
from year.house import House
from year.recount import Recount, next_month

__all__ = ["at_the_end", "differences", "month_by_month"]


def differences(counted: Iterable[object], told: Iterable[object]) -> list[str]:
    """What only the recount has, and what only the product has."""
    counted, told = list(counted), list(told)
    return [f"recount: {one}" for one in counted if one not in told] + [
        f"product: {one}" for one in told if one not in counted
    ]


def month_by_month(houses: list[House]) -> tuple[list[str], int]:
    """Play the scripts; on the second day of each month freeze and compare the month before."""
    driver, wrong, number = Driver.of(houses), [], 0
    for month in houses[0].script.months:
        at = next_month(month) + timedelta(days=1, hours=8)
        driver.until(at)
        with clock.pinned(at):
            for house in houses:
                counted = [one for one in Recount(house.script, at).owed() if one.month == month]
                shown.freeze(house, month)
                wrong += differences(counted, shown.duties(house, month))
                number += len(counted)
    return wrong, number


def at_the_end(house: House, now: datetime) -> list[str]:
    """Compare votes, rounds, reports, numbers and money as they stand at the end."""
    script, recount = house.script, Recount(house.script, now)
    with clock.pinned(now):
        wrong = differences(recount_of_votes.votes(script), shown.votes(house))
        wrong += differences(recount_of_votes.rounds(script), shown.rounds(house))
        wrong += differences(recount_of_papers.numbers(recount), shown.numbers(house))
        wrong += differences(recount_of_money.lines(script), shown.money(house))
        wrong += _conduct(house, recount)
        for period in script.table("group_reports"):
            sent = recount_of_papers.receipts(script, recount.law, period)
            if "-H" not in period:
                told_of = f"báo cáo {period}"
                counted_, told_ = recount_of_work.figures(recount, period), shown.figures(house, period)
                wrong += [f"{told_of} {one}" for one in differences(counted_.items(), told_.items())]
            wrong += differences(sent.items(), shown.receipts(house, period).items())
        for month in script.table("agency_reports"):
            came = recount_of_papers.agencies(recount, month)
            wrong += differences(came.items(), shown.agencies(house, month).items())
        if "until_month" not in script.told:
            names = recount.law["names"]
            done = {names[code]: told for code, told in recount_of_work.results(recount).items()}
            wrong += differences(done.items(), shown.results(house).items())
        counted, told = recount_of_papers.board(recount), shown.board(house)
        wrong += [f"recount: {one}" for one in (counted - told).elements()]
        wrong += [f"product: {one}" for one in (told - counted).elements()]
    return wrong


def _conduct(house: House, recount: Recount) -> list[str]:
    """Compare urging letters, commendations, violations and replacements; violations are for their readers alone."""
    wrong = differences(recount_of_conduct.letters(recount).items(), shown.letters(house).items())
    wrong += differences(recount_of_conduct.commendations(recount), shown.commendations(house))
    wrong += differences(recount_of_conduct.violations(recount), shown.violations(house))
    wrong += differences(recount_of_conduct.replacements(recount), shown.replacements(house))
    return wrong
