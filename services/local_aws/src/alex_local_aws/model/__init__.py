"""The real all-MiniLM-L6-v2, run by ONNX Runtime from the weights package's own files."""
