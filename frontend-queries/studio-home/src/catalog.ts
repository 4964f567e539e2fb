import {
  QueryClient,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, useContext } from "react";

import {
  CatalogCourseRunsDocument,
  CatalogCoursesDocument,
  OrganizationsDocument,
  StudioHomeDocument,
  type CatalogCoursePageFragment,
  type Client,
  type CourseRunFieldsFragment,
  type OrganizationFieldsFragment,
  type StudioHomeQuery,
  type UserErrorFieldsFragment,
} from "../../src/index.ts";
import { statusOf, variablesOf, type Filters } from "./filters";

export type CatalogCourse = CatalogCoursePageFragment["nodes"][number];
export type CourseRun = CourseRunFieldsFragment;
/** Data that the page needs only once: the viewer, and the organizations to choose from. */
export type Surroundings = Omit<StudioHomeQuery, "catalogCourses">;

const COURSES = "courses";
const RUNS = "runs";
const SURROUNDINGS = ["surroundings"];
const MORE_RUNS = 100;

/** Return the cache of responses. They stay fresh for half a minute; failed requests are not retried. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // "always": if the browser believes that it is offline, requests fail with a message instead of waiting.
      queries: { staleTime: 30_000, retry: false, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
}

export const ClientContext = createContext<Client | null>(null);

/** Return the client for the server. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error("There is no ClientContext around this component.");
  return client;
}

/**
 * Return a page of courses.
 *
 * The first request also fetches the surroundings. Until a response arrives, the previous one stays; a late response to
 * another query is not shown.
 */
export function useCourses(filters: Filters) {
  const client = useClient();
  const cache = useQueryClient();
  const variables = variablesOf(filters);
  return useQuery({
    queryKey: [COURSES, variables],
    queryFn: async ({ signal }): Promise<CatalogCoursePageFragment> => {
      if (cache.getQueryData(SURROUNDINGS)) {
        return (await client.request(CatalogCoursesDocument, variables, { signal })).catalogCourses;
      }
      const { catalogCourses, ...surroundings } = await client.request(StudioHomeDocument, variables, { signal });
      cache.setQueryData(SURROUNDINGS, surroundings);
      return catalogCourses;
    },
    placeholderData: keepPreviousData,
  });
}

/** Return what came with the first page of courses; undefined before that. */
export function useSurroundings(): Surroundings | undefined {
  return useQuery<Surroundings>({ queryKey: SURROUNDINGS, enabled: false }).data;
}

/** Return a function that adds an organization to the choices. */
export function useAddOrganization(): (organization: OrganizationFieldsFragment) => void {
  const cache = useQueryClient();
  return (organization) => {
    const added = <List extends { nodes: OrganizationFieldsFragment[] }>(list: List): List => ({
      ...list,
      nodes: [...list.nodes, organization],
    });
    cache.setQueryData<Surroundings>(SURROUNDINGS, (known) =>
      known && {
        ...known,
        organizations: added(known.organizations),
        viewer: { ...known.viewer, creatableOrganizations: added(known.viewer.creatableOrganizations) },
      },
    );
  };
}

/** Return the runs of a course beyond those that came with it, once they are wanted. */
export function useMoreRuns({ key, runs }: CatalogCourse, filters: Filters, wanted: boolean) {
  const client = useClient();
  const status = statusOf(filters);
  return useInfiniteQuery({
    queryKey: [RUNS, key, status, runs.pageInfo.endCursor],
    queryFn: async ({ pageParam: after, signal }) => {
      const filter = status ? { status } : null;
      const variables = { key, first: MORE_RUNS, after, filter };
      const { catalogCourse } = await client.request(CatalogCourseRunsDocument, variables, { signal });
      return catalogCourse?.runs ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
    },
    initialPageParam: runs.pageInfo.endCursor,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
    enabled: wanted,
  });
}

/** Return the organizations that match a search. Without a search, do not query any. */
export function useOrganizations(search: string) {
  const client = useClient();
  return useQuery({
    queryKey: ["organizations", search],
    queryFn: async ({ signal }) => {
      const variables = { first: 50, filter: { search } };
      const { organizations } = await client.request(OrganizationsDocument, variables, { signal });
      return organizations.nodes;
    },
    enabled: search !== "",
    placeholderData: keepPreviousData,
  });
}

/** Return a mutation. If it has no `errors`, it refetches what is listed, and calls `onDone`. */
export function useChange<Input, Payload extends { errors: UserErrorFieldsFragment[] }>(
  change: (client: Client, input: Input) => Promise<Payload>,
  onDone: (payload: Payload) => void,
) {
  const client = useClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (input: Input) => change(client, input),
    onSuccess: (payload) => {
      if (payload.errors.length > 0) return;
      refresh();
      onDone(payload);
    },
  });
}

/** Return a function that refetches what is listed. */
export function useRefresh(): () => void {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: [COURSES] });
    void cache.invalidateQueries({ queryKey: [RUNS] });
  };
}
