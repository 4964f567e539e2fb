/** Django's CSRF token: with a session, requests and forms must repeat the token in the site's cookie. */

/**
 * Return the current token in the cookie, or `""` if there is none. Do not store it: Django changes it at every
 * sign-in, perhaps in another tab. By default, the cookie's name is in `<html data-csrf-cookie>`, or else Django's.
 */
function csrfToken(
  cookies: string,
  name = globalThis.document?.documentElement.dataset.csrfCookie ?? "csrftoken",
): string {
  const prefix = `${name}=`;
  return cookies.split("; ").find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "";
}

/** Return the header that repeats the token; no header if there is no token. */
export function csrfHeader(cookies = document.cookie, name?: string): Record<string, string> {
  const token = csrfToken(cookies, name);
  return token ? { "x-csrftoken": token } : {};
}

/** Add the field that repeats the token to a form that is about to be sent. */
export function addCsrfField({ currentTarget: form }: { currentTarget: HTMLFormElement }): void {
  const field = document.createElement("input");
  form.append(Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: csrfToken(document.cookie) }));
}
