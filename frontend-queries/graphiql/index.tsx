import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "@graphiql/plugin-explorer/style.css";
import "graphiql/graphiql.css";
import "./page.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN, type GraphiQLProps } from "graphiql";
import { createRoot } from "react-dom/client";

import { addCsrfField, csrfHeader } from "../src/csrf.ts";

const DEFAULT_QUERY = `# Organizations, their courses, and the
# runs of each course. Ctrl-Enter runs this;
# Ctrl-Space completes what you type.
# The icons on the left: documentation,
# history, and an explorer that writes
# queries for you.

query Catalog {
  organizations(first: 3) {
    nodes {
      orgCode
      name
      catalogCourses(first: 2) {
        totalCount
        nodes {
          courseCode
          title
          runs(first: 2) {
            nodes {
              courseKey
              status
            }
          }
        }
      }
    }
  }
}
`;

const element = document.getElementById("graphiql")!;
const { endpoint = "", username = "", logoutUrl = "" } = element.dataset;

function failure(message: string) {
  return { errors: [{ message }] };
}

/** The text that a reader would see in an HTML or plain text response. */
function readableText(body: string, contentType: string): string {
  if (!contentType.startsWith("text/html")) return body.trim();
  const page = new DOMParser().parseFromString(body, "text/html");
  page.querySelectorAll("style, script").forEach((node) => node.remove());
  return (page.body.textContent ?? "").replace(/\s+/g, " ").trim();
}

const fetcher: GraphiQLProps["fetcher"] = async (params, options) => {
  let response: Response;
  let body: string;
  try {
    response = await fetch(endpoint, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json, application/json",
        ...csrfHeader(),
        ...options?.headers,
      },
      body: JSON.stringify(params),
    });
    body = await response.text();
  } catch (error) {
    return failure(`The server could not be reached: ${error instanceof Error ? error.message : error}`);
  }
  try {
    return JSON.parse(body);
  } catch {
    const text = readableText(body, response.headers.get("Content-Type") ?? "");
    return failure(`HTTP ${response.status} ${response.statusText}: ${text.slice(0, 300) || "no text"}`);
  }
};

function Session() {
  return (
    <form className="session" method="post" action={logoutUrl} onSubmit={addCsrfField}>
      <span>{username}</span>
      {logoutUrl && (
        <button type="submit" className="graphiql-button">
          Sign out
        </button>
      )}
    </form>
  );
}

createRoot(element).render(
  <GraphiQL fetcher={fetcher} defaultQuery={DEFAULT_QUERY} plugins={[HISTORY_PLUGIN, explorerPlugin()]}>
    <GraphiQL.Logo>{username && <Session />}</GraphiQL.Logo>
  </GraphiQL>,
);
