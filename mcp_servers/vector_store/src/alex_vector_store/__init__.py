"""Knowledge over S3 Vectors: stores documents once and finds their passages, for one owner at a time."""

__version__ = "0.1.0"
