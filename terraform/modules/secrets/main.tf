resource "aws_secretsmanager_secret" "this" {
  for_each = var.secrets

  name        = "${var.name}/${each.key}"
  description = each.value
  # All but the model key and database addresses can be made anew; a name that waits to be deleted would block the next deployment.
  recovery_window_in_days = 0
}
