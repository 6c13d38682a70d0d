"""Composes local_aws: the store, the model, their routes, the edge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from alex_edge import EdgeSettings, Readiness, create_service
from fastapi import FastAPI

from alex_local_aws.engine.store import Store
from alex_local_aws.model.embedding import SentenceModel
from alex_local_aws.s3vectors.arns import Arns
from alex_local_aws.s3vectors.routes import s3vectors_routes
from alex_local_aws.s3vectors.targets import Account
from alex_local_aws.sagemaker.routes import sagemaker_routes
from alex_local_aws.settings import LocalAwsSettings

DESCRIPTION = "S3 Vectors and SageMaker Runtime on a laptop: the same boto3 code runs here and in AWS."


def create_app(edge: EdgeSettings, settings: LocalAwsSettings) -> FastAPI:
    """Open the data directory, load the model, and return the application.

    Raises:
        ValueError: the data directory is damaged or in use, or the model is not complete; the message has the path.
        OSError: a file cannot be read or written.
    """
    cache = settings.data_dir / "models"
    model = SentenceModel(cache, built=settings.model_dir, threads=settings.embedding_threads)
    store = Store(settings.data_dir)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = create_service(
        "local_aws",
        version=version("alex-local-aws"),
        settings=edge,
        lifespan=lifespan,
        readiness=Readiness(),
        description=DESCRIPTION,
        require_api_key=False,
    )
    account = Account(store, Arns(settings.region, settings.account_id), settings.index_mode)
    app.router.routes.extend(
        [*s3vectors_routes(account), *sagemaker_routes(model, settings.embedding_shape, settings.simulation)]
    )
    return app
