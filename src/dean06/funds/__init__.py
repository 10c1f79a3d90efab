"""The group's money: sources, estimates, allotments, spending; a journal that is only ever added to."""
