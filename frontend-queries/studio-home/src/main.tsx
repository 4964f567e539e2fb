import "@openedx/paragon/dist/core.css";
import "@openedx/paragon/dist/light.css";
import "./page.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router-dom";

import { createClient, fetchTransport } from "../../src/index.ts";
import { ClientContext, makeQueryClient } from "./catalog";
import { Locale } from "./locale";
import { readSettings } from "./page";
import { StudioHome } from "./StudioHome";

const element = document.getElementById("studio-home")!;
const settings = readSettings(element);
// `Locale` sets the page's language before anything is asked.
const transport = fetchTransport({ url: settings.endpoint, language: () => document.documentElement.lang });
const client = createClient({ transport, documentIds: settings.documentIds });

createRoot(element).render(
  <StrictMode>
    {/* Not as a transition: choices are in the URL, and must show at once. */}
    <BrowserRouter basename={settings.base} future={{ v7_startTransition: false, v7_relativeSplatPath: true }}>
      <Locale served={document.documentElement.lang}>
        <ClientContext.Provider value={client}>
          <QueryClientProvider client={makeQueryClient()}>
            <StudioHome settings={settings} />
          </QueryClientProvider>
        </ClientContext.Provider>
      </Locale>
    </BrowserRouter>
  </StrictMode>,
);
