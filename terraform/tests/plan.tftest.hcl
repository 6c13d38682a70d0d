# What holds for every deployment is checked over the whole plan by tests/terraform; here is what a variable may be, and
# what the parts of the root hand to each other.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_resource "aws_cloudformation_stack" {
    defaults = {
      outputs = {
        CallerKeyId = "abcde12345"
        Arn         = "arn:aws:events:eu-central-1:123456789012:connection/alex-gateway/1"
        SecretArn   = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:events!connection/alex-gateway/1-AbCdEf"
      }
    }
  }
}

variables {
  region    = "eu-central-1"
  image_tag = "1a2b3c4d5e6f-20261128t101500"
}

run "everything" {
  command = apply

  assert {
    condition     = startswith(output.url, "https://") && endswith(output.url, ".execute-api.eu-central-1.amazonaws.com/alex")
    error_message = "The address is that of the gateway's stage."
  }

  assert {
    condition     = toset(keys(output.services)) == toset(["embedder", "vector_store", "browser", "researcher", "planner", "frontend"])
    error_message = "Every service is deployed, the web page included."
  }
}

run "another_deployment" {
  command = apply

  variables {
    name              = "class-b"
    database          = "url"
    model             = "gpt-5"
    model_key         = true
    owner             = "per-key"
    research_schedule = ""
    run_schedule      = ""
    alert_email       = "me@example.com"
    key_versions      = { origin = "11111111-2222-3333-4444-555555555555" }
  }

  assert {
    condition     = output.page == output.services["frontend"].url && !startswith(output.page, output.url)
    error_message = "The web page has an address of its own, which is not below the gateway's."
  }

  assert {
    condition     = output.secret_names["model-key"] == "class-b/model-key" && output.secret_names["planner-database-url"] == "class-b/planner-database-url"
    error_message = "A model key and database addresses have secrets."
  }
}

run "a_region_without_app_runner" {
  command = plan

  variables {
    region = "eu-north-1"
  }

  expect_failures = [var.region]
}

run "a_tag_that_is_used_again" {
  command = plan

  variables {
    image_tag = "latest"
  }

  expect_failures = [var.image_tag]
}

run "a_name_that_does_not_fit" {
  command = plan

  variables {
    name = "Alex_of_the_whole_class"
  }

  expect_failures = [var.name]
}

run "an_owner_that_could_end_the_quotes" {
  command = plan

  variables {
    owner = "me', x-api-key: 'you"
  }

  expect_failures = [var.owner]
}

run "a_schedule_that_is_none" {
  command = plan

  variables {
    research_schedule = "every day"
  }

  expect_failures = [var.research_schedule]
}
