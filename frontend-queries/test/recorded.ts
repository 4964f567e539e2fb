/** Answers of today's API, by today's parameters: what the adapter has to answer, in camel case. */
import { readFileSync } from "node:fs";

type Row = Record<string, unknown>;

interface Recorded {
  runs: Row[];
  answers: {
    about: string;
    search: string;
    params: Record<string, string>;
    count: number;
    num_pages: number;
    next: string | null;
    previous: string | null;
    runs: number[];
  }[];
}

const { runs, answers }: Recorded = JSON.parse(readFileSync(new URL("recorded.json", import.meta.url), "utf-8"));

/** Write the names of an answer as the page does before it reads them. */
export function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, below]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCase(below),
    ]),
  );
}

/** Today's second list: a question each, and the whole answer. */
export const recorded = answers.map(({ about, search, params, count, num_pages, next, previous, runs: numbers }) => ({
  about,
  search,
  params,
  answer: camelCase({
    count,
    num_pages,
    next,
    previous,
    results: { courses: numbers.map((number) => runs[number]), in_process_course_actions: [] },
  }),
}));

/** Today's first list: all at once, without what came with the second. */
export const recordedV1 = camelCase({
  courses: runs.filter((run) => run["is_active"]).map(asBefore),
  archived_courses: runs.filter((run) => !run["is_active"]).map(asBefore),
  in_process_course_actions: [],
});

function asBefore({ cms_link, display_number, display_org, is_active, ...run }: Row): Row {
  return run;
}
