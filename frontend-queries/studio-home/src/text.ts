import { useIntl } from "react-intl";

import ar from "./messages/ar.json";
import en from "./messages/en.json";

export type MessageId = keyof typeof en;
type Messages = Record<MessageId, string>;

/** The page's languages. A catalog that lacks a message does not compile. */
const CATALOGUES: Record<string, Messages> = { en, ar };
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

export const LOCALES = Object.keys(CATALOGUES);

/** Return the first wanted language that the page supports. Wanted ones may have regions: `ar-EG` matches `ar`. */
export function chooseLocale(wanted: readonly string[]): string {
  const languages = wanted.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return languages.find((language) => Object.hasOwn(CATALOGUES, language)) ?? "en";
}

/** Return the messages of one of `LOCALES`. */
export function messagesOf(locale: string): Messages {
  return CATALOGUES[locale] ?? en;
}

/** Return the direction in which a language is written. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(locale) ? "rtl" : "ltr";
}

/**
 * Return a function that formats a message of the catalog in the viewer's language.
 *
 * In right-to-left languages, it isolates inserted values: otherwise, codes such as `Term3_2026` would be reordered.
 */
export function useText(): (id: MessageId, values?: Record<string, string | number>) => string {
  const intl = useIntl();
  const isolates = directionOf(intl.locale) === "rtl";
  return (id, values = {}) => {
    const entries = Object.entries(values);
    const apart = entries.map(([name, value]) => [name, typeof value === "string" ? `\u2068${value}\u2069` : value]);
    return intl.formatMessage({ id }, isolates ? Object.fromEntries(apart) : values);
  };
}

/** Return a function that names a language, such as `fr-ca`, in the viewer's language. */
export function useLanguageName(): (language: string) => string {
  const { locale } = useIntl();
  return (language) => {
    try {
      return new Intl.DisplayNames([locale], { type: "language" }).of(language) ?? language;
    } catch {
      return language; // A code that exists on the platform, but not in the standard.
    }
  };
}
