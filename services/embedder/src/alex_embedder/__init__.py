"""Embedder proxy: OpenAI's embeddings shape in front of a SageMaker endpoint."""

__version__ = "0.1.0"
