/** The adapter: what today's calls ask of GraphQL, and what they make of the answers. `live.test.ts` has whole lists. */
import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";

import {
  createStudioHomeApi,
  InvalidPageError,
  type Client,
  type CourseRunsQueryVariables,
  type StudioHomeParams,
} from "../src/index.ts";

/** A client with so many runs, and so many organizations for the viewer to choose from; and what it was asked. */
function cannedClient({ runs = 0, organizations = 0 }) {
  const asked: Record<string, unknown>[] = [];
  const page = <Row>(rows: Row[], { first, after, offset }: CourseRunsQueryVariables) => {
    const start = offset ?? Number(after ?? 0);
    const end = Math.min(start + (first ?? 20), rows.length);
    return {
      totalCount: rows.length,
      nodes: rows.slice(start, end),
      pageInfo: { hasNextPage: end < rows.length, endCursor: String(end) },
    };
  };
  const allRuns = Array.from({ length: runs }, (_, number) => ({ courseKey: `run ${number}`, status: "ACTIVE" }));
  const codes = Array.from({ length: organizations }, (_, number) => ({ orgCode: `Org${number}` }));
  const request = async (_document: unknown, variables: CourseRunsQueryVariables) => {
    asked.push(variables);
    return {
      courseRuns: page(allRuns, variables),
      viewer: {
        isAuthenticated: true,
        canCreateOrganizations: false,
        creatableOrganizations: page(codes, { first: 100, ...variables }),
      },
    };
  };
  return { asked, client: { request } as unknown as Client };
}

const NOTHING = { count: 0, numPages: 1, next: null, previous: null, results: { courses: [], inProcessCourseActions: [] } };
const BY_NAME = { field: "TITLE", direction: "ASC" };

const QUESTIONS: [string, StudioHomeParams | undefined, object][] = [
  ["", undefined, { first: 10, offset: 0, filter: {}, orderBy: BY_NAME }],
  ["", { page: 1, pageSize: 30, search: "a b" }, { first: 30, offset: 0, filter: { search: "a b" }, orderBy: BY_NAME }],
  ["?search=x&page=9", { page: null, search: "" }, { first: 10, offset: 80, filter: {}, orderBy: BY_NAME }],
  ["", { activeOnly: true }, { first: 10, offset: 0, filter: { status: "ACTIVE" }, orderBy: BY_NAME }],
  ["", { archivedOnly: "1" as never }, { first: 10, offset: 0, filter: { status: "ARCHIVED" }, orderBy: BY_NAME }],
  ["?active_only=yes", {}, { first: 10, offset: 0, filter: {}, orderBy: BY_NAME }],
  ["", { org: "MITx" }, { first: 10, offset: 0, filter: { orgCodes: ["MITx"] }, orderBy: BY_NAME }],
  [
    "?start_date_on_or_after=2024-01-01T00:00:00%2B04:00",
    { startDateOnOrBefore: "2024-12-31T23:59:59Z" },
    {
      first: 10,
      offset: 0,
      filter: { startOnOrAfter: "2024-01-01T00:00:00+04:00", startOnOrBefore: "2024-12-31T23:59:59Z" },
      orderBy: BY_NAME,
    },
  ],
  ["", { order: "-display_name" }, { first: 10, offset: 0, filter: {}, orderBy: { field: "TITLE", direction: "DESC" } }],
  ["", { order: "created" }, { first: 10, offset: 0, filter: {}, orderBy: { field: "CREATED", direction: "ASC" } }],
  ["", { order: "-org" }, { first: 10, offset: 0, filter: {}, orderBy: { field: "COURSE_KEY", direction: "DESC" } }],
  ["", { order: "start" }, { first: 10, offset: 0, filter: {}, orderBy: { field: "START", direction: "ASC" } }],
  ["", { order: "-nonsense" }, { first: 10, offset: 0, filter: {}, orderBy: BY_NAME }],
  ["", { pageSize: "many" }, { first: 10, offset: 0, filter: {}, orderBy: BY_NAME }],
  ["", { pageSize: 0 }, { first: 10, offset: 0, filter: {}, orderBy: BY_NAME }],
];

for (const [search, params, variables] of QUESTIONS) {
  test(`asks for ${JSON.stringify([search, params])} as GraphQL has it`, async () => {
    const { asked, client } = cannedClient({});

    await createStudioHomeApi({ client }).getStudioHomeCoursesV2(search, params).catch(() => undefined);

    assert.deepEqual(asked, [variables]);
  });
}

test("answers with nothing as today's API does", async () => {
  const { client } = cannedClient({});

  const answer = await createStudioHomeApi({ client }).getStudioHomeCoursesV2("", {});

  assert.deepEqual(answer, NOTHING);
});

test("reads a page of more than a hundred in hundreds", async () => {
  const { asked, client } = cannedClient({ runs: 1000 });

  const answer = await createStudioHomeApi({ client }).getStudioHomeCoursesV2("", { page: 2, pageSize: 250 });

  assert.deepEqual(
    answer.results.courses.map(({ courseKey }) => courseKey),
    Array.from({ length: 250 }, (_, number) => `run ${250 + number}`),
  );
  assert.deepEqual(
    asked.map(({ first, offset, after }) => ({ first, offset, after })),
    [
      { first: 100, offset: 250, after: undefined },
      { first: 100, offset: null, after: "350" },
      { first: 50, offset: null, after: "450" },
    ],
  );
  assert.deepEqual([answer.count, answer.numPages], [1000, 4]);
  assert.equal(answer.next, "/api/contentstore/v2/home/courses?page=3&page_size=250");
  assert.equal(answer.previous, "/api/contentstore/v2/home/courses?page_size=250");
});

for (const page of [0, -1, "x", "1.5", 2]) {
  test(`throws what today's client throws where there is no page ${page}`, async () => {
    const { client } = cannedClient({ runs: 10 });

    const request = createStudioHomeApi({ client }).getStudioHomeCoursesV2("", { page });

    await assert.rejects(request, (error) => {
      assert(error instanceof InvalidPageError);
      assert.deepEqual(error.response, { status: 404, data: { detail: "Invalid page." } });
      return true;
    });
  });
}

test("reads all runs for the list without pages", async () => {
  const { client } = cannedClient({ runs: 250 });

  const answer = await createStudioHomeApi({ client }).getStudioHomeCourses("");

  assert.equal(answer.courses.length, 250);
  assert.deepEqual(answer.archivedCourses, []);
});

test("tells what the catalog knows of the home data", async () => {
  const { client } = cannedClient({ organizations: 2 });

  const data = await createStudioHomeApi({ client }).getStudioHomeData();

  assert.deepEqual(data, {
    allowToCreateNewOrg: false,
    allowedOrganizations: ["Org0", "Org1"],
    archivedCourses: [],
    canCreateOrganizations: false,
    courseCreatorStatus: "granted",
    courses: [],
    inProcessCourseActions: [],
    libraries: [],
    userIsActive: true,
  });
});

test("tells it over the platform's flags, which say what the catalog does not know", async () => {
  const { client } = cannedClient({ organizations: 250 });
  const getFlags = async () => ({ studioName: "Studio", courseCreatorStatus: "pending", allowedOrganizations: ["Old"] });

  const data = await createStudioHomeApi({ client, getFlags }).getStudioHomeData();

  assert.equal(data["studioName"], "Studio");
  assert.equal(data.courseCreatorStatus, "pending");
  assert.equal(data.allowedOrganizations.length, 250);
});

test("is wired to the platform's frontend, in a module of its own", async () => {
  const stub = new URL("frontend-platform.ts", import.meta.url).href;
  registerHooks({
    resolve: (name, context, next) =>
      name.startsWith("@edx/frontend-platform") ? { url: stub, shortCircuit: true } : next(name, context),
  });
  const { calls } = await import("./frontend-platform.ts");
  const platform = await import("../src/platform.ts");

  const courses = await platform.getStudioHomeCoursesV2("", { page: 1 });
  const data = await platform.getStudioHomeData();

  assert.deepEqual(courses, NOTHING);
  assert.deepEqual([data["studioName"], data.allowedOrganizations], ["Studio", []]);
  assert.deepEqual(calls.map(([method, url]) => [method, url]).sort(), [
    ["get", "https://studio.example.org/api/contentstore/v1/home"],
    ["post", "https://studio.example.org/graphql/"],
    ["post", "https://studio.example.org/graphql/"],
  ]);
});
