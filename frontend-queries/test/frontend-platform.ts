/** What `src/platform.ts` needs of `@edx/frontend-platform`: a Studio with nothing in it. */
const EMPTY = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

export const calls: [method: string, url: string][] = [];

export const getConfig = () => ({ STUDIO_BASE_URL: "https://studio.example.org" });

export const camelCaseObject = ({ studio_name }: { studio_name: string }) => ({ studioName: studio_name });

export const getAuthenticatedHttpClient = () => ({
  async get(url: string) {
    calls.push(["get", url]);
    return { data: { studio_name: "Studio" } };
  },
  async post(url: string) {
    calls.push(["post", url]);
    const viewer = { isAuthenticated: true, canCreateOrganizations: true, creatableOrganizations: EMPTY };
    return { status: 200, data: { data: { courseRuns: { totalCount: 0, ...EMPTY }, viewer } } };
  },
});
