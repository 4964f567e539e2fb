import type { CourseRunFilter, CourseRunOrder, CourseRunOrderField } from "./generated/graphql.ts";

const PATH = "/api/contentstore/v2/home/courses";
const PAGE_SIZE = 10;
const TRUE = ["true", "True", "1"];

// Keys start with their organization's code.
const ORDER_FIELDS: Record<string, CourseRunOrderField> = {
  display_name: "TITLE",
  created: "CREATED",
  org: "COURSE_KEY",
  start: "START",
};

/** The parameters of today's list of courses, as its callers write them; others are ignored. */
export interface StudioHomeParams {
  search?: string | null | undefined;
  /** `display_name`, `created`, `org` or `start`, prefixed with `-` for descending order. */
  order?: string | null | undefined;
  org?: string | null | undefined;
  activeOnly?: boolean | null | undefined;
  archivedOnly?: boolean | null | undefined;
  startDateOnOrAfter?: string | null | undefined;
  startDateOnOrBefore?: string | null | undefined;
  page?: number | string | null | undefined;
  pageSize?: number | string | null | undefined;
  [name: string]: unknown;
}

/** Return the query string of today's request: that of the page's URL, overridden by the parameters in snake case. */
export function queryOf(search: string, params: StudioHomeParams): URLSearchParams {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(params)) {
    const snake = name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    if (value !== undefined && value !== null) query.set(snake, String(value));
  }
  return query;
}

/** Return the filter in a query string. */
export function filterOf(query: URLSearchParams): CourseRunFilter {
  const filter: CourseRunFilter = {};
  const [search, org] = [query.get("search"), query.get("org")];
  const [after, before] = [query.get("start_date_on_or_after"), query.get("start_date_on_or_before")];
  if (search) filter.search = search;
  if (org) filter.orgCodes = [org];
  if (isTrue(query, "archived_only")) filter.status = "ARCHIVED";
  if (isTrue(query, "active_only")) filter.status = "ACTIVE";
  if (after) filter.startOnOrAfter = after;
  if (before) filter.startOnOrBefore = before;
  return filter;
}

/** Return the order in a query string; by name, if it is missing or unknown. */
export function orderOf(query: URLSearchParams): CourseRunOrder {
  const [, minus, name] = /^(-?)(.*)$/s.exec(query.get("order") ?? "") ?? [];
  const field = name === undefined ? undefined : ORDER_FIELDS[name];
  return field ? { field, direction: minus ? "DESC" : "ASC" } : { field: "TITLE", direction: "ASC" };
}

/** Return the page number, NaN if it is invalid, and the number of rows per page. */
export function pageOf(query: URLSearchParams): { page: number; pageSize: number } {
  const page = positive(query.get("page") || "1");
  const pageSize = positive(query.get("page_size") ?? "");
  return { page, pageSize: Number.isNaN(pageSize) ? PAGE_SIZE : pageSize };
}

/** Return the URL of a page of the list, as in `next` and `previous` of today's responses. */
export function linkTo(page: number, query: URLSearchParams, studioBaseUrl: string): string {
  const target = new URLSearchParams(query);
  if (page === 1) target.delete("page");
  else target.set("page", String(page));
  target.sort();
  return studioBaseUrl + PATH + (target.size > 0 ? `?${target}` : "");
}

function isTrue(query: URLSearchParams, name: string): boolean {
  return TRUE.includes(query.get(name) ?? "");
}

function positive(text: string): number {
  return /^0*[1-9][0-9]*$/.test(text) ? Number(text) : Number.NaN;
}
