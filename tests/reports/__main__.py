"""The reports at the command line, from the project's root, with tests/ on the path.

python -m reports texts               the reports as documents, one JSON object a line
python -m reports score [HALF] [FILE] the figures of a half, open or held, or of both; of a file of
                                      readings in the record's JSON, else as Sayso reads them
python -m reports wrong open [FILE]   what is wrong, of the open half only
"""

from __future__ import annotations

import sys

from articles.__main__ import main
from reports.scoring import reports

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], reports, __doc__))
