"""`python -m alex_tools` is the `alex` command."""

from alex_tools.main import main

# Worker processes load this module again, under another name.
if __name__ == "__main__":
    main()
