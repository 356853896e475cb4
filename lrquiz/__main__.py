"""`python -m lrquiz` is the `lrquiz` command."""

from lrquiz.cli import main

if __name__ == "__main__":
    main()
