"""Pages of tasks: list, board, calendar, one task, giving one, many at once; directives and matters."""
