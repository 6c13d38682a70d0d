"""SageMaker Runtime: InvokeEndpoint of a feature-extraction endpoint, whatever its name."""
