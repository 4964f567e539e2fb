import arParagon from "@openedx/paragon/dist/i18n/messages/ar.json";
import { useLayoutEffect, type ReactNode } from "react";
import { IntlProvider } from "react-intl";
import { useSearchParams } from "react-router-dom";

import { chooseLocale, directionOf, messagesOf } from "./text";

const PARAGON: Record<string, Record<string, string>> = { ar: arParagon };

/** Use the language in the URL (`?lang=`), of the browser, or of the page as it was served. */
export function Locale({ served, children }: { served: string; children: ReactNode }) {
  const [params] = useSearchParams();
  const locale = chooseLocale([params.get("lang") ?? "", ...navigator.languages, served]);
  const messages = { ...PARAGON[locale], ...messagesOf(locale) };

  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
    document.title = `${messages["page.title"]} - ${messages["page.site"]}`;
  }, [locale]);

  return (
    // Paragon has no catalog for English: the messages are in its code.
    <IntlProvider locale={locale} messages={messages} onError={() => undefined}>
      {children}
    </IntlProvider>
  );
}
