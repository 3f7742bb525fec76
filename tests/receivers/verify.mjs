// Says which messages are genuine, by the JavaScript library of Standard Webhooks: JSON in, JSON out.

import { readFileSync } from "node:fs";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

function isGenuine({ secret, headers, body }) {
  try {
    new Webhook(secret).verify(Buffer.from(body, "base64").toString("utf8"), headers);
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
  return true;
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(isGenuine)));
