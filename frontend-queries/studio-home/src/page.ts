import { setNonce } from "get-nonce";

/** What the Django template says of the page. */
export interface PageSettings {
  /** Where the page is served: `/studio-home/`. */
  base: string;
  endpoint: string;
  /** Where to sign out, `""` where the project has no such address. */
  logoutUrl: string;
  /** Whether the server has trusted documents, and operations can be asked for by their hash. */
  documentIds: boolean;
}

/** Read what the template says, and show the page's nonce to what adds styles: the lock on scrolling behind dialogs. */
export function readSettings({ dataset }: HTMLElement): PageSettings {
  const { base = "/", endpoint = "", logoutUrl = "" } = dataset;
  const script = document.querySelector<HTMLScriptElement>("script[nonce]");
  if (script?.nonce) setNonce(script.nonce);
  return { base, endpoint, logoutUrl, documentIds: "documentIds" in dataset };
}
