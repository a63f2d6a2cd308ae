"""What tests of the program share: a folder to run it in, and an environment that says nothing."""
import os
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class InFolder(unittest.TestCase):
    """Tests in a folder that is theirs and goes with them."""
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)


def environment(**changes):
    """This one without what says how text looks, and with the changes."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "TERM")}
    return {**kept, **changes}
