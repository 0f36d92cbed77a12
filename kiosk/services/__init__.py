"""Use cases and page contents: pure Python, driven by ports."""
