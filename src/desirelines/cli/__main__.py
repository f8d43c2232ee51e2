"""python -m desirelines.cli"""

from desirelines.cli.app import main

main()
