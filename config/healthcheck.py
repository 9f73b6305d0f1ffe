"""``python -m config.healthcheck``: exit 0 if the server on this machine is healthy.

The container's health check; needs neither curl nor Django.
"""

import http.client
import os
import sys


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
        headers = {"Host": host, "X-Forwarded-Proto": "https"}
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if healthy(int(os.environ.get("PORT", "8000"))) else 1)
