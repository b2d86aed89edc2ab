"""`python -m sanctionscreen`: the command line, where the script is not on the path."""

from sanctionscreen.cli import main

main()
