"""Embedder proxy: OpenAI's embeddings shape in front of a SageMaker endpoint."""
