"""Asking services whether they are ready, without holding up the thread that watches them."""

import threading

import httpx2

from alex_tools.stack import Service

_PAUSE_SECONDS = 0.2
_ANSWER_SECONDS = 8.0
"""`/ready` gives each dependency five seconds; this leaves it time to say so."""


class ReadyProbe:
    """Asks one service's `GET /ready` in the background until it says yes."""

    def __init__(self, service: Service, api_key: str) -> None:
        self.service = service
        self.ready = False
        self.reason = "no answer yet"
        self._api_key = api_key
        self._stop = threading.Event()
        threading.Thread(target=self._run, name=f"ready of {service.name}", daemon=True).start()

    def stop(self) -> None:
        """Ask no more."""
        self._stop.set()

    def _run(self) -> None:
        with httpx2.Client(headers={"x-api-key": self._api_key}, timeout=_ANSWER_SECONDS, trust_env=False) as client:
            while not self.ready and not self._stop.is_set():
                self.ready, self.reason = ask_ready(client, self.service.url)
                self._stop.wait(_PAUSE_SECONDS)


def ask_ready(client: httpx2.Client, url: str) -> tuple[bool, str]:
    """Return whether the service at `url` is ready, and in words why not."""
    try:
        response = client.get(f"{url}/ready")
    except httpx2.HTTPError as exc:
        return False, f"{url} does not answer ({type(exc).__name__})"
    if response.is_success:
        return True, "ready"
    return False, _reason(response)


def _reason(response: httpx2.Response) -> str:
    try:
        body = response.json()
    except ValueError:
        body = None
    checks = body.get("checks") if isinstance(body, dict) else None
    if isinstance(checks, dict):
        waiting = [f"{name}: {answer}" for name, answer in checks.items() if answer != "ok"]
        return "waits for " + ", ".join(waiting)
    return f"GET /ready answered HTTP {response.status_code}"
