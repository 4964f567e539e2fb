import { createIntl } from "react-intl";
import { describe, expect, it } from "vitest";

import { chooseLocale, directionOf, LOCALES, messagesOf, type MessageId } from "./text";

const NUMBERS = { shown: 20, total: 317, count: 7 };
const TEXTS = { title: "T", code: "C", name: "N", value: "V", label: "L", start: "S", end: "E", reason: "R" };

describe("chooseLocale", () => {
  it("takes the first that there is, whatever its region", () => {
    expect(chooseLocale(["", "fr-CA", "ar-EG", "en"])).toBe("ar");
    expect(chooseLocale(["tlh"])).toBe("en");
    expect(chooseLocale(["constructor"])).toBe("en");
  });
});

describe.each(LOCALES)("the catalogue %s", (locale) => {
  const messages = messagesOf(locale);

  it("has the same messages as the English one, and each can be said", () => {
    const intl = createIntl({ locale, messages, onError: (error) => expect.unreachable(error.message) });

    expect(Object.keys(messages)).toEqual(Object.keys(messagesOf("en")));
    for (const id of Object.keys(messages) as MessageId[]) {
      expect(intl.formatMessage({ id }, { ...NUMBERS, ...TEXTS })).not.toMatch(/[{}]/);
    }
  });
});

describe("directionOf", () => {
  it("is from right to left in Arabic", () => {
    expect(LOCALES.map(directionOf)).toEqual(["ltr", "rtl"]);
  });
});
