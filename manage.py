"""Django's own entry, for makemigrations and checks; people use `dean06`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
    execute_from_command_line(sys.argv)
