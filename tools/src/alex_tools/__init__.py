"""The alex command: start everything, run the demo, ask the services, run the tests."""
