output "state_machine_arn" {
  description = "ARN of the state machine that drives runs; start it with {\"research\": false} at any time."
  value       = aws_sfn_state_machine.driver.arn
}
