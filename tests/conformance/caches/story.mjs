/**
 * Page through a list and through one within an object, change a run that is in both, and delete it. Print, as JSON, what
 * the client's normalized cache holds of both lists after each step, and how many requests the step took.
 *
 *     node caches/story.mjs LIBRARY '{"url": ..., "headers": ..., "course": ..., "run": ..., "title": ...}'
 *
 * LIBRARY is the module beside this one that wraps the client; `course` is the key of the catalog course whose runs are
 * paged through, `run` that of the run to change, and `title` what to change its title to.
 */
import { readFileSync } from "node:fs";

import { buildSchema } from "graphql";

const PAGE = `
  fragment Page on CourseRunConnection {
    edges {
      cursor
      node {
        id
        courseKey
        title
        schedule {
          start
        }
        catalogCourse {
          id
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`;

const LIST = `
  query List($direction: OrderDirection!, $after: String) {
    courseRuns(first: 10, after: $after, orderBy: { field: COURSE_KEY, direction: $direction }) {
      ...Page
    }
  }
  ${PAGE}
`;

const NESTED = `
  query Nested($course: CatalogCourseKey!, $after: String) {
    catalogCourse(key: $course) {
      id
      runs(first: 5, after: $after, orderBy: { field: RUN_CODE, direction: DESC }) {
        ...Page
      }
    }
  }
  ${PAGE}
`;

const UPDATE = `
  mutation Update($input: UpdateCourseRunInput!) {
    updateCourseRun(input: $input) {
      courseRun {
        id
        title
      }
    }
  }
`;

const DELETE = `
  mutation Delete($input: DeleteCourseRunInput!) {
    deleteCourseRun(input: $input) {
      deletedId
    }
  }
`;

const [library, told] = process.argv.slice(2);
const { url, headers, course, run, title } = JSON.parse(told);
const sdl = new URL("../../../schema/schema.graphql", import.meta.url);

let requests = 0;
const { connect } = await import(`./${library}.mjs`);
const client = connect({
  schema: buildSchema(readFileSync(sdl, "utf8")),
  url,
  headers,
  fetch: (...request) => {
    requests += 1;
    return fetch(...request);
  },
});

const lists = {
  ascending: { query: LIST, variables: { direction: "ASC" }, connection: (data) => data.courseRuns },
  descending: { query: LIST, variables: { direction: "DESC" }, connection: (data) => data.courseRuns },
  nested: { query: NESTED, variables: { course }, connection: (data) => data.catalogCourse.runs },
};

async function pageThrough({ query, variables, connection }) {
  let pageInfo = { endCursor: null, hasNextPage: true };
  for (let page = 1; pageInfo.hasNextPage && page <= 9; page += 1) { // No list here is that long.
    ({ pageInfo } = connection(await client.ask(query, { ...variables, after: pageInfo.endCursor })));
  }
}

/** What the cache holds, without a request, of each list from its start. */
async function remembered() {
  const held = { requests };
  for (const [name, { query, variables, connection }] of Object.entries(lists)) {
    const { edges } = connection(await client.remember(query, variables));
    held[name] = edges.map(({ node }) => [node.courseKey, node.title]);
  }
  return held;
}

for (const list of Object.values(lists)) await pageThrough(list);
const paged = await remembered();
await client.change(UPDATE, { input: { courseKey: run, title } });
const changed = await remembered();
await client.remove(DELETE, { input: { courseKey: run } });
const deleted = await remembered();

console.log(JSON.stringify({ paged, changed, deleted }));
