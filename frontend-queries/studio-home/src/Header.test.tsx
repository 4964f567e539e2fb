import { QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "react-intl";
import { StaticRouter } from "react-router-dom/server";
import { describe, expect, it } from "vitest";

import { makeQueryClient } from "./catalog";
import { Header } from "./Header";
import { messagesOf } from "./text";

function headerWith(logoutUrl: string): string {
  return renderToStaticMarkup(
    <StaticRouter location="/">
      <IntlProvider locale="en" messages={messagesOf("en")}>
        <QueryClientProvider client={makeQueryClient()}>
          <Header settings={{ base: "/", endpoint: "/graphql/", logoutUrl, documentIds: false }} />
        </QueryClientProvider>
      </IntlProvider>
    </StaticRouter>,
  );
}

describe("Header", () => {
  it("has a button to sign out where there is an address for that", () => {
    expect(headerWith("/logout/")).toMatch(/<form method="post" action="\/logout\/">.*Sign out/);
  });

  it("has none where there is no such address", () => {
    expect(headerWith("")).not.toMatch(/<form|Sign out/);
  });
});
