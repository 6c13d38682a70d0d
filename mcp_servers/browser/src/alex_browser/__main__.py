"""`python -m alex_browser --port N`."""

from alex_edge import serve

from alex_browser.app import create_app

if __name__ == "__main__":
    serve("browser", create_app, default_port=8012)
