"""Says which messages are genuine, by the Python library of Standard Webhooks: JSON in, JSON out.

Runs in .venv-webhooks, where nothing of the project is.
"""

import json
import sys
from base64 import b64decode

from standardwebhooks import Webhook, WebhookVerificationError


def is_genuine(message: dict[str, object]) -> bool:
    try:
        Webhook(message["secret"]).verify(b64decode(message["body"]), message["headers"])
    except WebhookVerificationError:
        return False
    return True


json.dump([is_genuine(message) for message in json.load(sys.stdin)], sys.stdout)
