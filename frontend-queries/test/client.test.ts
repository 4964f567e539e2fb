/** The client: what it sends, what it returns, and what it throws. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { print } from "graphql";

import {
  createClient,
  CourseRunDocument,
  GraphQLAnswerError,
  HttpError,
  NetworkError,
  ViewerDocument,
  type RequestBody,
  type TransportResponse,
} from "../src/index.ts";

const VARIABLES = { courseKey: "course-v1:MITx+6.002x+3T2012" };
const HASH = (CourseRunDocument as unknown as { __meta__: { hash: string } }).__meta__.hash;

/** A transport that gives these responses one after the other, and what it was asked. */
function canned(...responses: TransportResponse[]) {
  const asked: RequestBody[] = [];
  const transport = async (body: RequestBody) => {
    asked.push(body);
    return responses[asked.length - 1]!;
  };
  return { asked, transport };
}

const refusal = (code: string, status = 200) => ({
  status,
  body: { errors: [{ message: "No.", extensions: { code } }] },
});

test("sends the text of an operation and returns its data", async () => {
  const { asked, transport } = canned({ status: 200, body: { data: { courseRun: null } } });

  const data = await createClient({ transport }).request(CourseRunDocument, VARIABLES);

  assert.deepEqual(data, { courseRun: null });
  assert.deepEqual(asked, [{ query: print(CourseRunDocument), variables: VARIABLES }]);
});

test("names an operation by its hash where it is told to", async () => {
  const { asked, transport } = canned({ status: 200, body: { data: { courseRun: null } } });

  await createClient({ transport, documentIds: true }).request(CourseRunDocument, VARIABLES);

  assert.deepEqual(asked, [{ documentId: HASH, variables: VARIABLES }]);
});

test("sends the text where the server does not know the hash", async () => {
  const { asked, transport } = canned(
    refusal("PERSISTED_QUERY_NOT_FOUND", 400),
    { status: 200, body: { data: { courseRun: null } } },
  );

  const data = await createClient({ transport, documentIds: true }).request(CourseRunDocument, VARIABLES);

  assert.deepEqual(data, { courseRun: null });
  assert.deepEqual(asked, [
    { documentId: HASH, variables: VARIABLES },
    { query: print(CourseRunDocument), variables: VARIABLES },
  ]);
});

test("does not ask again what was refused for another reason", async () => {
  const { asked, transport } = canned(refusal("UNAUTHENTICATED"));

  const request = createClient({ transport, documentIds: true }).request(CourseRunDocument, VARIABLES);

  await assert.rejects(request, GraphQLAnswerError);
  assert.equal(asked.length, 1);
});

test("throws the errors of an answer with their codes, and what there is of the data", async () => {
  const errors = [{ message: "Sign in.", path: ["courseRun"], extensions: { code: "UNAUTHENTICATED" } }, { message: "No." }];
  const { transport } = canned({ status: 200, body: { data: { courseRun: null }, errors } });

  const request = createClient({ transport }).request(CourseRunDocument, VARIABLES);

  await assert.rejects(request, (error) => {
    assert(error instanceof GraphQLAnswerError);
    assert.equal(error.message, "Sign in.\nNo.");
    assert.deepEqual(error.codes, ["UNAUTHENTICATED"]);
    assert.deepEqual(error.errors, errors);
    assert.deepEqual(error.data, { courseRun: null });
    return true;
  });
});

for (const body of [undefined, null, "<html>", [], {}, { data: null }, { errors: [] }]) {
  test(`throws the status where the answer is none of GraphQL: ${JSON.stringify(body)}`, async () => {
    const { transport } = canned({ status: 502, body });

    const request = createClient({ transport }).request(ViewerDocument, {});

    await assert.rejects(request, (error) => error instanceof HttpError && error.status === 502);
  });
}

test("lets through what the transport throws", async () => {
  const error = new NetworkError(new TypeError("fetch failed"));
  const transport = async () => Promise.reject(error);

  const request = createClient({ transport }).request(ViewerDocument, {});

  await assert.rejects(request, error);
});

test("hands the signal to the transport", async () => {
  const signals: unknown[] = [];
  const { signal } = new AbortController();
  const transport = async (_body: RequestBody, given?: AbortSignal) => {
    signals.push(given);
    return { status: 200, body: { data: {} } };
  };

  await createClient({ transport }).request(ViewerDocument, {}, { signal });

  assert.deepEqual(signals, [signal]);
});
