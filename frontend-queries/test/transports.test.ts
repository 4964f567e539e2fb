/** The transports: what goes over the wire, what comes back, and what becomes of failures. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { fetchTransport, httpClientTransport, NetworkError, type HttpClient } from "../src/index.ts";

const BODY = { query: "{ __typename }", variables: {} };
const HEADERS = {
  "content-type": "application/json",
  accept: "application/graphql-response+json, application/json;q=0.9",
};
const ANSWER = { data: { __typename: "Query" } };

/** A `fetch` that gives a response, and what it was called with. */
function cannedFetch(text: string, status = 200) {
  const calls: unknown[][] = [];
  const fetch = async (...call: unknown[]) => {
    calls.push(call);
    return new Response(text, { status });
  };
  return { calls, fetch };
}

/** A `fetch`, or a `post`, that waits until its signal aborts and fails as such do. */
const hanging = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));

test("fetch posts JSON with the CSRF token of the cookie", async () => {
  const { calls, fetch } = cannedFetch(JSON.stringify(ANSWER));
  const transport = fetchTransport({ fetch, cookies: () => "theme=dark; csrftoken=a; csrftoken2=x" });

  const response = await transport(BODY);

  assert.deepEqual(response, { status: 200, body: ANSWER });
  assert.deepEqual(calls, [
    [
      "/graphql/",
      {
        method: "POST",
        headers: { ...HEADERS, "x-csrftoken": "a" },
        body: JSON.stringify(BODY),
        credentials: "same-origin",
        signal: null,
      },
    ],
  ]);
});

test("fetch takes another address, cookie and policy of credentials", async () => {
  const { calls, fetch } = cannedFetch("{}");
  const url = "https://studio.example.org/graphql/";
  const transport = fetchTransport({
    url,
    csrfCookieName: "csrftoken2",
    credentials: "include",
    fetch,
    cookies: () => "csrftoken=a; csrftoken2=b",
  });

  await transport(BODY);

  assert.deepEqual(calls, [
    [
      url,
      {
        method: "POST",
        headers: { ...HEADERS, "x-csrftoken": "b" },
        body: JSON.stringify(BODY),
        credentials: "include",
        signal: null,
      },
    ],
  ]);
});

test("fetch takes the cookie that the page names", async (t) => {
  const page = { cookie: "csrftoken=a; studio=b", documentElement: { dataset: { csrfCookie: "studio" } } };
  Object.assign(globalThis, { document: page });
  t.after(() => Reflect.deleteProperty(globalThis, "document"));
  const { calls, fetch } = cannedFetch("{}");

  await fetchTransport({ fetch })(BODY);

  assert.deepEqual((calls[0]![1] as RequestInit).headers, { ...HEADERS, "x-csrftoken": "b" });
});

test("fetch sends no token where there is none", async () => {
  const { calls, fetch } = cannedFetch("{}");

  await fetchTransport({ fetch, cookies: () => "" })(BODY);

  assert.deepEqual((calls[0]![1] as RequestInit).headers, HEADERS);
});

test("fetch asks for messages in the language that there is by then", async () => {
  const { calls, fetch } = cannedFetch("{}");
  let language = "en";
  const transport = fetchTransport({ fetch, cookies: () => "", language: () => language });

  await transport(BODY);
  language = "ar";
  await transport(BODY);

  const headers = calls.map(([, init]) => (init as RequestInit).headers);
  assert.deepEqual(headers, [
    { ...HEADERS, "accept-language": "en" },
    { ...HEADERS, "accept-language": "ar" },
  ]);
});

test("fetch brings back what is no JSON without its body", async () => {
  const { fetch } = cannedFetch("<html>Bad gateway</html>", 502);

  const response = await fetchTransport({ fetch, cookies: () => "" })(BODY);

  assert.deepEqual(response, { status: 502, body: undefined });
});

test("fetch fails with what the network failed with", async () => {
  const cause = new TypeError("fetch failed");
  const transport = fetchTransport({ fetch: () => Promise.reject(cause), cookies: () => "" });

  await assert.rejects(transport(BODY), (error) => error instanceof NetworkError && error.cause === cause);
});

test("fetch fails with the reason of an abort", async () => {
  const controller = new AbortController();
  const transport = fetchTransport({ fetch: (_url, init) => hanging(init?.signal), cookies: () => "" });

  const request = transport(BODY, controller.signal);
  controller.abort(new Error("typed on"));

  await assert.rejects(request, { message: "typed on" });
});

test("the platform's client posts to an address that is known by then", async () => {
  const calls: unknown[][] = [];
  const client: HttpClient = {
    async post(...call) {
      calls.push(call);
      return { status: 200, data: ANSWER };
    },
  };
  const transport = httpClientTransport(() => client, () => "https://studio.example.org/graphql/");

  const response = await transport(BODY);

  assert.deepEqual(response, { status: 200, body: ANSWER });
  assert.deepEqual(calls, [["https://studio.example.org/graphql/", BODY, { headers: HEADERS }]]);
});

test("the platform's client asks for messages in a language", async () => {
  const configs: unknown[] = [];
  const client: HttpClient = {
    async post(_url, _body, config) {
      configs.push(config);
      return { status: 200, data: ANSWER };
    },
  };

  await httpClientTransport(() => client, "/graphql/", () => "ar")(BODY);

  assert.deepEqual(configs, [{ headers: { ...HEADERS, "accept-language": "ar" } }]);
});

test("the platform's client throws what is no success, and its response is brought back", async () => {
  const error = Object.assign(new Error("400"), { response: { status: 400, data: { errors: [] } } });
  const transport = httpClientTransport(() => ({ post: () => Promise.reject(error) }), "/graphql/");

  const response = await transport(BODY);

  assert.deepEqual(response, { status: 400, body: { errors: [] } });
});

test("the platform's client fails with what it failed with where there is no response", async () => {
  const cause = new Error("Network Error");
  const transport = httpClientTransport(() => ({ post: () => Promise.reject(cause) }), "/graphql/");

  await assert.rejects(transport(BODY), (error) => error instanceof NetworkError && error.cause === cause);
});

test("the platform's client fails with the reason of an abort", async () => {
  const controller = new AbortController();
  const client: HttpClient = { post: (_url, _body, { signal }) => hanging(signal) };

  const request = httpClientTransport(() => client, "/graphql/")(BODY, controller.signal);
  controller.abort(new Error("typed on"));

  await assert.rejects(request, { message: "typed on" });
});
