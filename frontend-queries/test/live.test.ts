/**
 * The package and a running server, with the catalog of tests/frontend/test_package.py: today's answers, whole.
 *
 * Where the server is comes in the environment: CATALOG_URL, and CATALOG_COOKIES of somebody who has signed in.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  CatalogCourseDocument,
  createClient,
  createStudioHomeApi,
  CreateCourseRunDocument,
  DeleteCourseRunDocument,
  fetchTransport,
  GraphQLAnswerError,
  ViewerDocument,
} from "../src/index.ts";
import { recorded, recordedV1 } from "./recorded.ts";

const { CATALOG_URL: url = "", CATALOG_COOKIES: cookies = "" } = process.env;
const skip = url === "" && "needs a server: make test";

/** A transport as a browser has it: cookies go along by themselves. */
const transportWith = (sent: string, read = sent) =>
  fetchTransport({
    url,
    cookies: () => read,
    fetch: (target, init) => fetch(target, { ...init, headers: { ...init?.headers, cookie: sent } }),
  });

const client = createClient({ transport: transportWith(cookies), documentIds: true });
const api = createStudioHomeApi({ client, getStudioBaseUrl: () => "https://studio.example.org" });

for (const { about, search, params, answer } of recorded) {
  test(`the second list has ${about}`, { skip }, async () => {
    assert.deepEqual(await api.getStudioHomeCoursesV2(search, params), answer);
  });
}

test("the first list has all at once", { skip }, async () => {
  assert.deepEqual(await api.getStudioHomeCourses(""), recordedV1);
});

test("the home data has the organizations", { skip }, async () => {
  const data = await api.getStudioHomeData();

  assert.deepEqual(data, {
    allowToCreateNewOrg: true,
    allowedOrganizations: ["HarvardX", "MITx", "TUx"],
    archivedCourses: [],
    canCreateOrganizations: true,
    courseCreatorStatus: "granted",
    courses: [],
    inProcessCourseActions: [],
    libraries: [],
    userIsActive: true,
  });
});

test("a change is made, answered and refused where it must be", { skip }, async () => {
  const input = { catalogCourseKey: "catalog-course:TUx:AE1110x", runCode: "2091" };
  const courseKey = "course-v1:TUx+AE1110x+2091";

  const created = await client.request(CreateCourseRunDocument, { input });
  const again = await client.request(CreateCourseRunDocument, { input });
  const deleted = await client.request(DeleteCourseRunDocument, { input: { courseKey } });

  assert.equal(created.createCourseRun.courseRun?.courseKey, courseKey);
  assert.deepEqual(again.createCourseRun.errors.map(({ code, field }) => ({ code, field })), [
    { code: "ALREADY_EXISTS", field: ["runCode"] },
  ]);
  assert.equal(again.createCourseRun.existing?.courseKey, courseKey);
  assert.equal(deleted.deleteCourseRun.deletedId, created.createCourseRun.courseRun?.id);
});

test("errors have the codes of the server", { skip }, async () => {
  const stranger = createClient({ transport: transportWith("") });
  const forgotten = createClient({ transport: transportWith(cookies, "") });
  const withCodes = (...codes: string[]) => (error: unknown) => {
    assert(error instanceof GraphQLAnswerError);
    assert.deepEqual(error.codes, codes);
    return true;
  };

  const key = "catalog-course:TUx:AE1110x";
  await assert.rejects(stranger.request(CatalogCourseDocument, { key }), withCodes("UNAUTHENTICATED"));
  await assert.rejects(forgotten.request(ViewerDocument, {}), withCodes("FORBIDDEN"));
  await assert.rejects(client.request(CatalogCourseDocument, { key: "nonsense" }), withCodes("BAD_USER_INPUT"));
});

test("a signal ends a request", { skip }, async () => {
  const request = client.request(ViewerDocument, {}, { signal: AbortSignal.abort(new Error("typed on")) });

  await assert.rejects(request, { message: "typed on" });
});
