output "environment" {
  description = "For each service, the variables that say where its database is."
  value = {
    for service in var.services : service => {
      for one in(var.kind == "dsql" ? [aws_dsql_cluster.this[service]] : []) :
      "${upper(service)}_DATABASE_URL" => "postgresql://admin@${one.identifier}.dsql.${var.region}.on.aws/postgres"
    }
  }
}

output "secrets" {
  description = "For each service, the secrets that say where its database is."
  value = {
    for service in var.services : service => {
      for kind in [var.kind] : "${upper(service)}_DATABASE_URL" => var.secret_arns["${service}-database-url"]
      if kind == "url"
    }
  }
}

output "statements" {
  description = "For each service, what it may do to reach its database."
  value = {
    for service in var.services : service => [
      for one in(var.kind == "dsql" ? [aws_dsql_cluster.this[service]] : []) :
      { Effect = "Allow", Action = ["dsql:DbConnectAdmin"], Resource = [one.arn] }
    ]
  }
}
