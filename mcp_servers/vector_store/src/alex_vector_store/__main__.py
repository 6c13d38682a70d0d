"""Start the vector store: `python -m alex_vector_store --port 8011`."""

from alex_edge import serve

from alex_vector_store.app import create_app

DEFAULT_PORT = 8011


def main() -> None:
    serve("vector_store", create_app, default_port=DEFAULT_PORT)


if __name__ == "__main__":
    main()
