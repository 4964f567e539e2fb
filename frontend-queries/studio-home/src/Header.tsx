import { Button } from "@openedx/paragon";
import type { FormEvent } from "react";
import { useIntl } from "react-intl";
import { useSearchParams } from "react-router-dom";

import { useSurroundings } from "./catalog";
import { csrfToken, type PageSettings } from "./page";
import { LOCALES, useText } from "./text";

/** The bar on top: what this is, in which language, and who is looking. */
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

  function setToken(event: FormEvent<HTMLFormElement>) {
    event.currentTarget.querySelector("input")!.value = csrfToken(settings.csrfCookie);
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
      <form method="post" action={settings.logoutUrl} onSubmit={setToken}>
        <input type="hidden" name="csrfmiddlewaretoken" />
        <Button type="submit" variant="inverse-outline-primary" size="sm">
          {text("page.signOut")}
        </Button>
      </form>
    </header>
  );
}
