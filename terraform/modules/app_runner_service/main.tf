resource "aws_iam_role" "instance" {
  name = "${var.deployment.iam_prefix}-${var.service}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "tasks.apprunner.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "instance" {
  name = "work"
  role = aws_iam_role.instance.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = values(var.secrets) }],
      var.statements,
    )
  })
}

resource "aws_apprunner_service" "this" {
  service_name                   = "${var.deployment.name}-${var.service}"
  auto_scaling_configuration_arn = var.scaling_arn

  source_configuration {
    # A push must not race the apply that belongs to it.
    auto_deployments_enabled = false

    authentication_configuration {
      access_role_arn = var.ecr_role_arn
    }

    image_repository {
      image_identifier      = var.image
      image_repository_type = "ECR"

      image_configuration {
        port                          = tostring(var.port)
        runtime_environment_variables = var.environment
        runtime_environment_secrets   = var.secrets
      }
    }
  }

  instance_configuration {
    cpu               = var.memory_mb <= 1024 ? "256" : "1024"
    memory            = tostring(var.memory_mb)
    instance_role_arn = aws_iam_role.instance.arn
  }

  # Cheap and touching nothing; the start of a Python service with a quarter of a CPU takes its time.
  health_check_configuration {
    protocol            = "HTTP"
    path                = "/health"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 1
    unhealthy_threshold = 18
  }

  network_configuration {
    # Public, and of no use without the origin key: a private service would need a load balancer and an endpoint.
    ingress_configuration {
      is_publicly_accessible = true
    }

    egress_configuration {
      egress_type = "DEFAULT"
    }
  }

  depends_on = [aws_iam_role_policy.instance]
}
