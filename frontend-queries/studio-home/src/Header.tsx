import { Button } from "@openedx/paragon";
import { useIntl } from "react-intl";
import { useSearchParams } from "react-router-dom";

import { addCsrfField } from "../../src/csrf.ts";
import { useSurroundings } from "./catalog";
import type { PageSettings } from "./page";
import { LOCALES, useText } from "./text";

/** The bar at the top: the site's name, the language, and the viewer. */
export function Header({ settings }: { settings: PageSettings }) {
  const text = useText();
  const { locale } = useIntl();
  const [params, setParams] = useSearchParams();
  const username = useSurroundings()?.viewer.username;

  function speak(language: string) {
    setParams((current) => {
      const changed = new URLSearchParams(current);
      changed.set("lang", language);
      return changed;
    }, { replace: params.has("lang") });
  }

  return (
    <header className="site-header">
      <a href="#courses" className="sr-only sr-only-focusable skip">
        {text("page.skip")}
      </a>
      <span className="site-name">{text("page.site")}</span>
      <select aria-label={text("page.language")} value={locale} onChange={(event) => speak(event.target.value)}>
        {LOCALES.map((language) => (
          <option key={language} value={language} lang={language}>
            {new Intl.DisplayNames([language], { type: "language" }).of(language)}
          </option>
        ))}
      </select>
      {username && <span className="username" dir="auto">{username}</span>}
      {settings.logoutUrl && (
        <form method="post" action={settings.logoutUrl} onSubmit={addCsrfField}>
          <Button type="submit" variant="inverse-outline-primary" size="sm">
            {text("page.signOut")}
          </Button>
        </form>
      )}
    </header>
  );
}
