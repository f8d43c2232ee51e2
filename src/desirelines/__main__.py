"""python -m desirelines"""

from desirelines.cli import main

main()
