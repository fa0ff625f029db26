"""Which release this is."""

RELEASE = "0.1.0"
"""As pyproject.toml says, too."""
