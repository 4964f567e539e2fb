import type { Transport } from "./client.ts";
import { csrfHeader } from "./csrf.ts";
import { NetworkError } from "./errors.ts";

const HEADERS = {
  "content-type": "application/json",
  accept: "application/graphql-response+json, application/json;q=0.9",
};

/** How `fetchTransport` sends; `{}` for a page of the same site. */
export interface FetchTransportOptions {
  /** The endpoint; `/graphql/` of this site unless told. */
  url?: string;
  /** The cookie that has the CSRF token, Django's `CSRF_COOKIE_NAME`; what the page says of it unless told. */
  csrfCookieName?: string;
  /** Which cookies go along; `include` where the endpoint is on another site. */
  credentials?: RequestCredentials;
  /** Returns the language for the server's messages; that of the browser unless told. */
  language?: () => string;
  /** The `fetch` to use. */
  fetch?: typeof globalThis.fetch;
  /** Returns what `document.cookie` has, where there is no document. */
  cookies?: () => string;
}

/** Return a transport by `fetch`, for whoever has a session with the site: it sends along the CSRF token of the cookie. */
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

/** What is asked of an HTTP client: `post`, as axios has it. The platform's `getAuthenticatedHttpClient()` does. */
export interface HttpClient {
  post(
    url: string,
    body: unknown,
    config: { headers: Record<string, string>; signal?: AbortSignal },
  ): Promise<{ status: number; data: unknown }>;
}

/**
 * Return a transport by the platform's authenticated HTTP client, or any axios.
 *
 * Takes a function that returns the client, because the platform has none before its initialization; and one that
 * returns the language for the server's messages, that of the browser unless told.
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
      // Such clients throw whatever is not a success, and what they throw has the response.
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
