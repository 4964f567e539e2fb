import { setNonce } from "get-nonce";

/** The page's settings, from the Django template. */
export interface PageSettings {
  /** The path of the page: `/studio-home/`. */
  base: string;
  endpoint: string;
  /** The URL to sign out, or `""` if the project has none. */
  logoutUrl: string;
  /** Whether the server has trusted documents, so that operations can be requested by hash. */
  documentIds: boolean;
}

/** Read the settings from the template, and set the nonce for added styles, which lock scrolling behind dialogs. */
export function readSettings({ dataset }: HTMLElement): PageSettings {
  const { base = "/", endpoint = "", logoutUrl = "" } = dataset;
  const script = document.querySelector<HTMLScriptElement>("script[nonce]");
  if (script?.nonce) setNonce(script.nonce);
  return { base, endpoint, logoutUrl, documentIds: "documentIds" in dataset };
}
