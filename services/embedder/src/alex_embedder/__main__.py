"""Start the embedder: `python -m alex_embedder --port 8001`."""

from alex_edge import serve

from alex_embedder.app import create_app

DEFAULT_PORT = 8001


def main() -> None:
    serve("embedder", create_app, default_port=DEFAULT_PORT)


if __name__ == "__main__":
    main()
