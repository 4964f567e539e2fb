import { Alert, Button } from "@openedx/paragon";
import { Info } from "@openedx/paragon/icons";

import { GraphQLAnswerError, HttpError, NetworkError } from "../../src/index.ts";
import { useText, type MessageId } from "./text";

const MESSAGES: Record<string, MessageId> = {
  UNAUTHENTICATED: "failure.unauthenticated",
  FORBIDDEN: "failure.forbidden",
  RATE_LIMITED: "failure.rate",
  TIMEOUT: "failure.server",
  SERVICE_UNAVAILABLE: "failure.server",
  INTERNAL_SERVER_ERROR: "failure.server",
};

/** The reason why a request failed, and a button to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const text = useText();
  const isSignedOut = error instanceof GraphQLAnswerError && error.codes.includes("UNAUTHENTICATED");
  // Reloading the page redirects to the login page, and then back here.
  const signIn = (
    <Button key="signIn" variant="primary" onClick={() => window.location.reload()}>
      {text("failure.signIn")}
    </Button>
  );
  const retry = onRetry && (
    <Button key="retry" variant="primary" onClick={onRetry}>
      {text("failure.retry")}
    </Button>
  );
  const action = isSignedOut ? signIn : retry;
  return (
    <Alert variant="danger" icon={Info} actions={action ? [action] : undefined} className="failure">
      <Alert.Heading as="h2">{text("failure.title")}</Alert.Heading>
      <p>{messageOf(error)}</p>
    </Alert>
  );

  function messageOf(failed: Error): string {
    if (failed instanceof NetworkError) return text("failure.network");
    if (failed instanceof HttpError) return text(failed.status === 403 ? "failure.forbidden" : "failure.server");
    if (!(failed instanceof GraphQLAnswerError)) return text("failure.server");
    const known = failed.codes.map((code) => MESSAGES[code]).find((id) => id !== undefined);
    return known ? text(known) : text("failure.refused", { reason: failed.message });
  }
}
