"""What a deployment costs in a month, in US dollars; an estimate from list prices, without the language model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

HOURS_PER_MONTH = 730
MEMORY_PER_GB_HOUR = {"ap-northeast-1": 0.009}
VCPU_PER_HOUR = {"ap-northeast-1": 0.081}
_MEMORY_ELSEWHERE, _VCPU_ELSEWHERE = 0.007, 0.064
"""App Runner price page, read 2026-09-20; provisioned memory is paid all the time, processors while requests run."""
SECRET_PER_MONTH = 0.40
"""Secrets Manager price page."""
HOURLY_LOOKS = 2 * 0.25 / 60 * HOURS_PER_MONTH
"""vCPU hours in a month for the hourly look at both agents, a minute each (`run_schedule` in `variables.tf`)."""
LIGHT_USE = 1.0
"""S3 Vectors, serverless SageMaker, API Gateway, DSQL, ECR, logs and schedules for one person: cents each."""
_MB_PER_GB = 1024
_UNITS_PER_VCPU = 1024
_MEMORY_MB = {"browser": 2048, "frontend": 512}
"""Where Terraform gives another size than 1 GB: see `services.tf`."""


@dataclass(frozen=True)
class Size:
    """What one App Runner service is given."""

    memory_mb: int
    cpu_units: int


@dataclass(frozen=True)
class Estimate:
    """US dollars in a month."""

    idle: float
    """While nobody asks for anything."""
    per_active_hour: float
    """More, for each hour in which every service works."""
    lines: tuple[tuple[str, float], ...]
    """What `idle` is made of."""


def planned_sizes(services: Iterable[str]) -> dict[str, Size]:
    """Return the sizes that Terraform gives each service."""
    sizes = {}
    for service in services:
        memory = _MEMORY_MB.get(service, _MB_PER_GB)
        sizes[service] = Size(memory, 256 if memory <= _MB_PER_GB else 1024)
    return sizes


def estimate(region: str, sizes: Mapping[str, Size], secrets: int) -> Estimate:
    """Return what `sizes` cost with one instance of each service."""
    memory_price = MEMORY_PER_GB_HOUR.get(region, _MEMORY_ELSEWHERE)
    vcpu_price = VCPU_PER_HOUR.get(region, _VCPU_ELSEWHERE)
    lines = [
        (f"{name}: {size.memory_mb} MB waiting", size.memory_mb / _MB_PER_GB * memory_price * HOURS_PER_MONTH)
        for name, size in sizes.items()
    ]
    lines.append(("a look each hour whether a run was left", HOURLY_LOOKS * vcpu_price))
    lines.append((f"{secrets} secrets", secrets * SECRET_PER_MONTH))
    lines.append(("everything else in light use, about", LIGHT_USE))
    active = sum(size.cpu_units / _UNITS_PER_VCPU * vcpu_price for size in sizes.values())
    return Estimate(sum(price for _, price in lines), active, tuple(lines))
