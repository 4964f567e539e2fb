/** urql's Graphcache, set up as its manual says to for Relay's connections, and knowing the schema. */
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { introspectionFromSchema, isObjectType } from "graphql";

export function connect({ schema, url, headers, fetch }) {
  const cache = cacheExchange({
    schema: introspectionFromSchema(schema),
    keys: Object.fromEntries(withoutId(schema).map(({ name }) => [name, () => null])),
    resolvers: { Query: { courseRuns: relayPagination() }, CatalogCourse: { runs: relayPagination() } },
    updates: { Mutation: { deleteCourseRun: forget } },
  });
  const client = new Client({ url, fetch, fetchOptions: { headers }, exchanges: [cache, fetchExchange] });

  return {
    ask: async (query, variables) => dataOf(await client.query(query, variables)),
    remember: async (query, variables) => dataOf(await client.query(query, variables, { requestPolicy: "cache-only" })),
    change: async (mutation, variables) => dataOf(await client.mutation(mutation, variables)),
    remove: async (mutation, variables) => dataOf(await client.mutation(mutation, variables)),
  };
}

function dataOf({ data, error }) {
  if (error) throw error;
  return data;
}

function withoutId(schema) {
  return Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !("id" in type.getFields()));
}

/** Take the deleted run out of every page that holds it: Graphcache, unlike Apollo, leaves that to the caller. */
function forget({ deleteCourseRun: { deletedId } }, _args, cache) {
  const run = cache.keyOfEntity({ __typename: "CourseRun", id: deletedId });
  const lists = { Query: "courseRuns", [cache.resolve(run, "catalogCourse")]: "runs" };
  for (const [parent, list] of Object.entries(lists)) {
    for (const { fieldKey } of cache.inspectFields(parent).filter(({ fieldName }) => fieldName === list)) {
      const page = cache.resolve(parent, fieldKey);
      const edges = cache.resolve(page, "edges");
      cache.link(page, "edges", edges.filter((edge) => cache.resolve(edge, "node") !== run));
    }
  }
  cache.invalidate(run);
}
