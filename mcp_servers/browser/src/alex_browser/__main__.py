"""`python -m alex_browser --port N`."""

if __name__ == "__main__":
    # Imported here, because the worker processes load this file and need nothing of the server.
    from alex_edge import serve

    from alex_browser.app import create_app

    serve("browser", create_app, default_port=8012)
