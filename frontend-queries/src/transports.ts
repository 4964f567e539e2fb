import type { Transport } from "./client.ts";
import { csrfHeader } from "./csrf.ts";
import { NetworkError } from "./errors.ts";

const HEADERS = {
  "content-type": "application/json",
  accept: "application/graphql-response+json, application/json;q=0.9",
};

/** The options of `fetchTransport`; `{}` for a page of the same site. */
export interface FetchTransportOptions {
  /** The endpoint; by default, `/graphql/` of this site. */
  url?: string;
  /** The name of the cookie with the CSRF token, Django's `CSRF_COOKIE_NAME`; by default, the name in the page. */
  csrfCookieName?: string;
  /** Which cookies to send; `include` if the endpoint is on another site. */
  credentials?: RequestCredentials;
  /** Returns the language for the server's messages; by default, the browser's. */
  language?: () => string;
  /** The `fetch` to use. */
  fetch?: typeof globalThis.fetch;
  /** Replaces `document.cookie` where there is no document. */
  cookies?: () => string;
}

/** Return a transport that uses `fetch`, for users with a session: it sends the CSRF token of the cookie. */
export function fetchTransport({
  url = "/graphql/",
  csrfCookieName,
  credentials = "same-origin",
  language,
  fetch = (...request) => globalThis.fetch(...request),
  cookies = () => document.cookie,
}: FetchTransportOptions = {}): Transport {
  return async (body, signal) => {
    const headers = { ...HEADERS, ...languageHeader(language), ...csrfHeader(cookies(), csrfCookieName) };
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        credentials,
        signal: signal ?? null,
      });
      return { status: response.status, body: parse(await response.text()) };
    } catch (error) {
      signal?.throwIfAborted();
      throw new NetworkError(error);
    }
  };
}

/** An HTTP client with `post` like axios's, such as the platform's `getAuthenticatedHttpClient()`. */
export interface HttpClient {
  post(
    url: string,
    body: unknown,
    config: { headers: Record<string, string>; signal?: AbortSignal },
  ): Promise<{ status: number; data: unknown }>;
}

/**
 * Return a transport that uses the platform's authenticated HTTP client, or any axios client.
 *
 * Takes a function that returns the client, because the platform has none before it is initialized, and one that returns
 * the language for the server's messages; by default, the browser's.
 */
export function httpClientTransport(
  getHttpClient: () => HttpClient,
  url: string | (() => string),
  language?: () => string,
): Transport {
  return async (body, signal) => {
    try {
      const where = typeof url === "string" ? url : url();
      const headers = { ...HEADERS, ...languageHeader(language) };
      const response = await getHttpClient().post(where, body, { headers, ...(signal && { signal }) });
      return { status: response.status, body: response.data };
    } catch (error) {
      signal?.throwIfAborted();
      // Such clients throw an error with the response for any status that is not a success.
      const { response } = error as { response?: { status: number; data: unknown } };
      if (response === undefined) throw new NetworkError(error);
      return { status: response.status, body: response.data };
    }
  };
}

function languageHeader(language: (() => string) | undefined): Record<string, string> {
  return language ? { "accept-language": language() } : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
