"""Alex in an AWS account: deploying, checking and taking down. It imports no service and runs on every system."""
