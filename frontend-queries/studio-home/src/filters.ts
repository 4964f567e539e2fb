import type { CatalogCourseOrder, CatalogCoursesQueryVariables, CourseRunStatus } from "../../src/index.ts";

/** The names of the four orders in the URL. */
export const ORDERS = ["title", "-title", "-created", "created"] as const;
export type Order = (typeof ORDERS)[number];

export const STATUSES = ["active", "archived"] as const;
export type Status = (typeof STATUSES)[number];

/** The filters of the list, as the URL contains them. */
export interface Filters {
  search: string;
  orgCodes: string[];
  languages: string[];
  status: Status | null;
  order: Order;
  /** Starts at 1. */
  page: number;
}

export const NO_FILTERS: Filters = { search: "", orgCodes: [], languages: [], status: null, order: "title", page: 1 };

export const PAGE_SIZE = 20;
/** The number of runs that come with a course. */
export const RUNS_SHOWN = 3;

// The server's limits, beyond which it refuses requests.
export const SEARCH_LENGTH = 200;
const SEARCH_WORDS = 10;
const VALUES = 100;
const LAST_PAGE = 100_000;

/** Read filters from a URL. Invalid values are left out. */
export function filtersOf(params: URLSearchParams): Filters {
  const page = Number(params.get("page") ?? 1);
  return {
    search: (params.get("search") ?? "").slice(0, SEARCH_LENGTH),
    orgCodes: valuesOf(params, "org"),
    languages: valuesOf(params, "language"),
    status: STATUSES.find((status) => status === params.get("status")) ?? null,
    order: ORDERS.find((order) => order === params.get("order")) ?? NO_FILTERS.order,
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1,
  };
}

/** Write filters to a URL, except for defaults, and keep its other parameters. */
export function paramsOf(filters: Filters, others: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(others);
  for (const name of ["search", "org", "language", "status", "order", "page"]) params.delete(name);
  if (filters.search) params.set("search", filters.search);
  for (const orgCode of filters.orgCodes) params.append("org", orgCode);
  for (const language of filters.languages) params.append("language", language);
  if (filters.status) params.set("status", filters.status);
  if (filters.order !== NO_FILTERS.order) params.set("order", filters.order);
  if (filters.page !== NO_FILTERS.page) params.set("page", String(filters.page));
  return params;
}

/** Return whether the filters exclude anything from the list. */
export function isFiltered({ search, orgCodes, languages, status }: Filters): boolean {
  return search.trim() !== "" || orgCodes.length > 0 || languages.length > 0 || status !== null;
}

/** The variables of the operations that list courses. */
export function variablesOf(filters: Filters): CatalogCoursesQueryVariables {
  const search = wordsOf(filters.search);
  const { orgCodes, languages } = filters;
  const status = statusOf(filters);
  return {
    first: PAGE_SIZE,
    offset: (filters.page - 1) * PAGE_SIZE,
    filter: {
      ...(search && { search }),
      ...(orgCodes.length > 0 && { orgCodes }),
      ...(languages.length > 0 && { languages }),
      ...(status && { status }),
    },
    orderBy: orderOf(filters.order),
    runsFirst: RUNS_SHOWN,
    // If courses are listed for their archived runs, their active runs would be noise.
    runsFilter: status ? { status } : null,
  };
}

/** The status that runs must have, by the server's name. */
export function statusOf({ status }: Filters): CourseRunStatus | null {
  return status && (status.toUpperCase() as CourseRunStatus);
}

function wordsOf(search: string): string {
  return search.trim().split(/\s+/).slice(0, SEARCH_WORDS).join(" ");
}

function orderOf(order: Order): CatalogCourseOrder {
  return {
    field: order.endsWith("title") ? "TITLE" : "CREATED",
    direction: order.startsWith("-") ? "DESC" : "ASC",
  };
}

function valuesOf(params: URLSearchParams, name: string): string[] {
  return [...new Set(params.getAll(name).filter(Boolean))].slice(0, VALUES);
}
