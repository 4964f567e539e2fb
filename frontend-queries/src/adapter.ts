import type { Client } from "./client.ts";
import { RequestError } from "./errors.ts";
import {
  CourseRunsDocument,
  CreatableOrganizationsDocument,
  ViewerDocument,
  type CourseRunFieldsFragment,
  type CourseRunsQueryVariables,
} from "./generated/graphql.ts";
import { filterOf, linkTo, orderOf, pageOf, queryOf, type StudioHomeParams } from "./parameters.ts";

// The most rows that a list returns at a time.
const MAX_FIRST = 100;

/** A run, as today's first API returns it. */
export interface StudioHomeCourse {
  courseKey: string;
  displayName: string;
  lmsLink: string | null;
  number: string;
  org: string;
  rerunLink: string;
  run: string;
  url: string;
}

/** A run, as today's second API returns it. */
export interface StudioHomeCourseV2 extends StudioHomeCourse {
  cmsLink: string | null;
  displayNumber: string;
  displayOrg: string;
  isActive: boolean;
}

/** The answer of today's first list: all runs at once. */
export interface StudioHomeCourses {
  courses: StudioHomeCourse[];
  archivedCourses: StudioHomeCourse[];
  inProcessCourseActions: never[];
}

/** The answer of today's second list: a page of runs. */
export interface StudioHomeCoursesV2 {
  count: number;
  numPages: number;
  next: string | null;
  previous: string | null;
  results: { courses: StudioHomeCourseV2[]; inProcessCourseActions: never[] };
}

/** Today's home data: what the catalog knows, merged with the platform's flags, which it does not know. */
export interface StudioHomeData {
  allowToCreateNewOrg: boolean;
  allowedOrganizations: string[];
  archivedCourses: never[];
  canCreateOrganizations: boolean;
  courseCreatorStatus: string;
  courses: never[];
  inProcessCourseActions: never[];
  libraries: never[];
  userIsActive: boolean;
  [flag: string]: unknown;
}

/** Thrown if there is no such page. It has the same `response` as the error that today's client throws. */
export class InvalidPageError extends RequestError {
  override name = "InvalidPageError";
  readonly response = { status: 404, data: { detail: "Invalid page." } };

  constructor() {
    super("Invalid page.");
  }
}

/** The sources from which today's calls are answered. */
export interface StudioHomeApiOptions {
  /** The client that queries the catalog. */
  client: Client;
  /** Returns Studio's base URL, for the links `next` and `previous`; without it, they are paths. */
  getStudioBaseUrl?: () => string;
  /** Returns the platform's settings in `getStudioHomeData`, in camel case. */
  getFlags?: () => Promise<object>;
}

/** Today's calls, answered from GraphQL in today's shape. */
export interface StudioHomeApi {
  /** Return a page of runs. `search` is the query string of the page's URL, or empty; `params` overrides it. */
  getStudioHomeCoursesV2(search: string, params?: StudioHomeParams): Promise<StudioHomeCoursesV2>;
  /** Return all runs, with one request per hundred. */
  getStudioHomeCourses(search: string): Promise<StudioHomeCourses>;
  /** Return the data of the viewer and the platform. */
  getStudioHomeData(): Promise<StudioHomeData>;
}

/** Return today's calls, answered through a client. */
export function createStudioHomeApi({
  client,
  getStudioBaseUrl = () => "",
  getFlags = async () => ({}),
}: StudioHomeApiOptions): StudioHomeApi {
  return {
    async getStudioHomeCoursesV2(search, params = {}) {
      const query = queryOf(search, params);
      const { page, pageSize } = pageOf(query);
      if (Number.isNaN(page)) throw new InvalidPageError();

      const list = { filter: filterOf(query), orderBy: orderOf(query), offset: (page - 1) * pageSize };
      const { runs, count } = await readRuns(client, list, pageSize);
      const numPages = Math.max(1, Math.ceil(count / pageSize));
      if (page > numPages) throw new InvalidPageError();

      const link = (number: number) => linkTo(number, query, getStudioBaseUrl());
      return {
        count,
        numPages,
        next: page < numPages ? link(page + 1) : null,
        previous: page > 1 ? link(page - 1) : null,
        results: { courses: runs.map(courseV2Of), inProcessCourseActions: [] },
      };
    },

    async getStudioHomeCourses(search) {
      const query = queryOf(search, {});
      const { runs } = await readRuns(client, { filter: filterOf(query), orderBy: orderOf(query) });
      return {
        courses: runs.filter(({ status }) => status === "ACTIVE").map(courseOf),
        archivedCourses: runs.filter(({ status }) => status === "ARCHIVED").map(courseOf),
        inProcessCourseActions: [],
      };
    },

    async getStudioHomeData() {
      const [flags, { viewer }] = await Promise.all([getFlags(), client.request(ViewerDocument, {})]);
      const allowedOrganizations = await readCreatable(client, viewer.creatableOrganizations);
      return {
        allowToCreateNewOrg: viewer.canCreateOrganizations,
        archivedCourses: [],
        courseCreatorStatus: allowedOrganizations.length > 0 ? "granted" : "unrequested",
        courses: [],
        inProcessCourseActions: [],
        libraries: [],
        userIsActive: viewer.isAuthenticated,
        ...flags,
        allowedOrganizations,
        canCreateOrganizations: viewer.canCreateOrganizations,
      };
    },
  };
}

/** Read a number of runs of a list, from an offset, and the list's total count. */
async function readRuns(client: Client, list: CourseRunsQueryVariables, wanted = Infinity) {
  const runs: CourseRunFieldsFragment[] = [];
  let place: CourseRunsQueryVariables = { offset: list.offset };
  while (true) {
    const first = Math.min(wanted - runs.length, MAX_FIRST);
    const { courseRuns } = await client.request(CourseRunsDocument, { ...list, ...place, first });
    runs.push(...courseRuns.nodes);
    const { hasNextPage, endCursor } = courseRuns.pageInfo;
    if (!hasNextPage || runs.length >= wanted) return { runs, count: courseRuns.totalCount };
    place = { offset: null, after: endCursor };
  }
}

/** Read the codes of the organizations on the first page and on those that follow. */
async function readCreatable(
  client: Client,
  firstPage: { nodes: { orgCode: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } },
): Promise<string[]> {
  let { nodes, pageInfo } = firstPage;
  const codes = nodes.map(({ orgCode }) => orgCode);
  while (pageInfo.hasNextPage) {
    const { viewer } = await client.request(CreatableOrganizationsDocument, {
      first: MAX_FIRST,
      after: pageInfo.endCursor,
    });
    ({ nodes, pageInfo } = viewer.creatableOrganizations);
    codes.push(...nodes.map(({ orgCode }) => orgCode));
  }
  return codes;
}

function courseOf(run: CourseRunFieldsFragment): StudioHomeCourse {
  return {
    courseKey: run.courseKey,
    displayName: run.title,
    lmsLink: run.lmsUrl,
    number: run.courseCode,
    org: run.orgCode,
    rerunLink: `/course_rerun/${run.courseKey}`,
    run: run.runCode,
    url: `/course/${run.courseKey}`,
  };
}

function courseV2Of(run: CourseRunFieldsFragment): StudioHomeCourseV2 {
  return {
    ...courseOf(run),
    cmsLink: run.studioUrl,
    displayNumber: run.courseCode,
    displayOrg: run.orgCode,
    isActive: run.status === "ACTIVE",
  };
}
