"""The storage that charters need: lines, versions, local rules, adoption by two people."""
