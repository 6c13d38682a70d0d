# Aurora DSQL is reached over the internet with a password that IAM signs for 15 minutes, so it needs neither a network of
# its own nor a secret. A cluster has one database, and both services keep tables of runs, so each has its cluster.
resource "aws_dsql_cluster" "this" {
  for_each = var.kind == "dsql" ? toset(var.services) : []

  # Runs and portfolios go with the deployment: alex destroy asks first.
  deletion_protection_enabled = false
  force_destroy               = true

  tags = { Name = "${var.name}-${each.key}" }
}
