/**
 * Today's calls, wired to the platform's frontend: its HTTP client, and its base URL of Studio.
 *
 * This is a separate module because it needs `@edx/frontend-platform`.
 */
import { camelCaseObject, getConfig } from "@edx/frontend-platform";
import { getAuthenticatedHttpClient } from "@edx/frontend-platform/auth";

import { createStudioHomeApi, type StudioHomeApi } from "./adapter.ts";
import { createClient } from "./client.ts";
import { httpClientTransport } from "./transports.ts";

const getStudioBaseUrl = () => getConfig().STUDIO_BASE_URL;

const api: StudioHomeApi = createStudioHomeApi({
  client: createClient({ transport: httpClientTransport(getAuthenticatedHttpClient, () => `${getStudioBaseUrl()}/graphql/`) }),
  getStudioBaseUrl,
  getFlags: async () => {
    const { data } = await getAuthenticatedHttpClient().get(`${getStudioBaseUrl()}/api/contentstore/v1/home`);
    return camelCaseObject(data);
  },
});

/** Return a page of runs, like today's function of this name. */
export const getStudioHomeCoursesV2: StudioHomeApi["getStudioHomeCoursesV2"] = api.getStudioHomeCoursesV2;

/** Return all runs, like today's function of this name. */
export const getStudioHomeCourses: StudioHomeApi["getStudioHomeCourses"] = api.getStudioHomeCourses;

/** Return today's home data, with the catalog's organizations. */
export const getStudioHomeData: StudioHomeApi["getStudioHomeData"] = api.getStudioHomeData;
