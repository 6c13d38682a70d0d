data "aws_sagemaker_prebuilt_ecr_image" "inference" {
  repository_name = "huggingface-pytorch-inference"
  image_tag       = var.image_tag
}

locals {
  arn_prefix = "arn:${var.partition}"
  log_group  = "/aws/sagemaker/Endpoints/${var.name}"
}

resource "aws_iam_role" "endpoint" {
  name = var.role_name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "sagemaker.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "endpoint" {
  name = "serve"
  role = aws_iam_role.endpoint.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
        Resource = ["${local.arn_prefix}:logs:${var.region}:${var.account}:log-group:${local.log_group}:*"]
      },
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = ["${local.arn_prefix}:ecr:${var.region}:*:repository/huggingface-pytorch-inference"]
      },
      # The login to a registry has no ARN, and neither has a metric: its namespace is what can be limited.
      { Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = "*" },
      {
        Effect    = "Allow"
        Action    = ["cloudwatch:PutMetricData"]
        Resource  = "*"
        Condition = { StringLike = { "cloudwatch:namespace" = ["AWS/SageMaker", "/aws/sagemaker/*"] } }
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "endpoint" {
  name              = local.log_group
  retention_in_days = var.log_retention_days
}

resource "aws_sagemaker_model" "embedding" {
  name               = "${var.name}-${substr(sha1("${var.image_tag} ${var.model_revision}"), 0, 8)}"
  execution_role_arn = aws_iam_role.endpoint.arn

  primary_container {
    image = data.aws_sagemaker_prebuilt_ecr_image.inference.registry_path

    environment = {
      HF_MODEL_ID       = "sentence-transformers/all-MiniLM-L6-v2"
      HF_MODEL_REVISION = var.model_revision
      HF_TASK           = "feature-extraction"
      # The container runs as another user than the owner of its files; elsewhere the model cannot be kept.
      HF_HOME = "/tmp/huggingface"
    }
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_iam_role_policy.endpoint]
}

resource "aws_sagemaker_endpoint_configuration" "embedding" {
  name_prefix = "${var.name}-"

  production_variants {
    variant_name = "only"
    model_name   = aws_sagemaker_model.embedding.name

    serverless_config {
      memory_size_in_mb = var.memory_mb
      max_concurrency   = var.max_concurrency
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint" "embedding" {
  name                 = var.name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.embedding.name

  depends_on = [aws_cloudwatch_log_group.endpoint]
}
