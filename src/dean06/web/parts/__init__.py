"""Parts of a page: frozen values, each drawn by `{% part value %}` with its own template under `dean06/parts/`.

A view builds them from a room's answers in the reader's language; words in them are plain text (escaped) or the safe
HTML of `dean06.web.marks`.
"""
