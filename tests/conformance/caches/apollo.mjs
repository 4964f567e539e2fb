/** Apollo Client, set up as its manual says to for Relay's connections. */
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { isInterfaceType } from "graphql";

export function connect({ schema, url, headers, fetch }) {
  const list = relayStylePagination(["filter", "orderBy"]); // The arguments that make it another list.
  const cache = new InMemoryCache({
    possibleTypes: possibleTypes(schema),
    typePolicies: { Query: { fields: { courseRuns: list } }, CatalogCourse: { fields: { runs: list } } },
  });
  const client = new ApolloClient({ cache, link: new HttpLink({ uri: url, headers, fetch }) });

  return {
    // To the cache, every page is the list: what it holds of the list would answer for the next page, too.
    ask: async (query, variables) =>
      (await client.query({ query: gql(query), variables, fetchPolicy: "network-only" })).data,
    remember: async (query, variables) => cache.readQuery({ query: gql(query), variables }),
    change: (mutation, variables) => client.mutate({ mutation: gql(mutation), variables }),
    remove: (mutation, variables) =>
      client.mutate({
        mutation: gql(mutation),
        variables,
        update: (cache, { data }) => {
          cache.evict({ id: cache.identify({ __typename: "CourseRun", id: data.deleteCourseRun.deletedId }) });
        },
      }),
  };
}

function possibleTypes(schema) {
  const interfaces = Object.values(schema.getTypeMap()).filter(isInterfaceType);
  return Object.fromEntries(interfaces.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]));
}
