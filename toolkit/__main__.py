"""Run the command line: `python -m toolkit` is `hornbook`."""

from toolkit.cli import main

if __name__ == "__main__":
    main(prog_name="hornbook")
