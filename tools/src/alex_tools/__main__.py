"""`python -m alex_tools` is the `alex` command."""

from alex_tools.main import main

main()
