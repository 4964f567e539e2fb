import { setNonce } from "get-nonce";

/** What the Django template says of the page. */
export interface PageSettings {
  /** Where the page is served: `/studio-home/`. */
  base: string;
  endpoint: string;
  csrfCookie: string;
  logoutUrl: string;
  /** Whether the server has trusted documents, and operations can be asked for by their hash. */
  documentIds: boolean;
}

/** Read what the template says, and show the page's nonce to what adds styles: the lock on scrolling behind dialogs. */
export function readSettings({ dataset }: HTMLElement): PageSettings {
  const { base = "/", endpoint = "", csrfCookie = "", logoutUrl = "" } = dataset;
  const script = document.querySelector<HTMLScriptElement>("script[nonce]");
  if (script?.nonce) setNonce(script.nonce);
  return { base, endpoint, csrfCookie, logoutUrl, documentIds: "documentIds" in dataset };
}

/** Return the CSRF token as it is now: Django changes it at every sign-in, perhaps in another tab. */
export function csrfToken(cookieName: string): string {
  const prefix = `${cookieName}=`;
  return document.cookie.split("; ").find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? "";
}
