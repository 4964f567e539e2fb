import { describe, expect, it } from "vitest";

import { filtersOf, isFiltered, NO_FILTERS, ORDERS, paramsOf, STATUSES, variablesOf, type Filters } from "./filters";

const CODES = ["MITx", "Harbor.Tech", "a&b", "=", "é", "#1"];
const LANGUAGES = ["en", "fr-ca", "zh-cn"];
const SEARCHES = ["", "data", "circuits & electronics", "100%", "a+b", "قواعد", "  two  words "];

/** There are too many combinations of these to try all: take the n-th of each, in steps without a common factor. */
function sample(n: number): Filters {
  return {
    search: SEARCHES[n % SEARCHES.length]!,
    orgCodes: CODES.slice(0, n % (CODES.length + 1)),
    languages: LANGUAGES.slice(n % (LANGUAGES.length + 1)),
    status: [null, ...STATUSES][n % 3]!,
    order: ORDERS[n % ORDERS.length]!,
    page: 1 + (n % 11),
  };
}

describe("the address", () => {
  it("says all of the filters, and says them back", () => {
    for (let n = 0; n < 1000; n += 1) {
      const filters = sample(n);

      const address = paramsOf(filters).toString();

      expect(filtersOf(new URLSearchParams(address))).toEqual(filters);
    }
  });

  it("says nothing of defaults", () => {
    expect(paramsOf(NO_FILTERS).toString()).toBe("");
  });

  it("keeps what else it says", () => {
    const params = paramsOf({ ...NO_FILTERS, page: 2 }, new URLSearchParams("lang=ar&page=7&status=active"));

    expect(params.toString()).toBe("lang=ar&page=2");
  });

  it.each(["page=0", "page=-1", "page=1.5", "page=x", "page=1e9", "order=color", "status=ACTIVE", "org=", "search="])(
    "may say nonsense: %s",
    (address) => {
      expect(filtersOf(new URLSearchParams(address))).toEqual(NO_FILTERS);
    },
  );

  it("asks for no more than the server takes", () => {
    const address = new URLSearchParams({ search: "a ".repeat(300) });
    for (let n = 0; n < 300; n += 1) address.append("org", `Org${n}`);

    const { filter } = variablesOf(filtersOf(address));

    expect(filter?.search).toBe("a a a a a a a a a a");
    expect(filter?.orgCodes).toHaveLength(100);
  });
});

describe("the variables", () => {
  it("leave out what is not asked", () => {
    expect(variablesOf(NO_FILTERS)).toEqual({
      first: 20,
      offset: 0,
      filter: {},
      orderBy: { field: "TITLE", direction: "ASC" },
      runsFirst: 3,
      runsFilter: null,
    });
  });

  it("filter the runs by status, too", () => {
    const filters: Filters = { ...NO_FILTERS, search: " data ", status: "archived", order: "-created", page: 3 };

    expect(variablesOf(filters)).toEqual({
      first: 20,
      offset: 40,
      filter: { search: "data", status: "ARCHIVED" },
      orderBy: { field: "CREATED", direction: "DESC" },
      runsFirst: 3,
      runsFilter: { status: "ARCHIVED" },
    });
  });
});

describe("isFiltered", () => {
  it("does not mind order, page and blanks", () => {
    expect(isFiltered({ ...NO_FILTERS, order: "created", page: 4, search: "  " })).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, languages: ["en"] })).toBe(true);
  });
});
