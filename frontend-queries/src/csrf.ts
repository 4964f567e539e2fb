/** Django's CSRF token: whoever has a session repeats in requests and forms what a cookie of the site says. */

/**
 * Return the token as the cookie has it now, `""` where there is none: Django changes it at every sign-in, perhaps in
 * another tab. The cookie's name is what the page says in `<html data-csrf-cookie>`, or Django's own, unless told.
 */
function csrfToken(
  cookies: string,
  name = globalThis.document?.documentElement.dataset.csrfCookie ?? "csrftoken",
): string {
  const prefix = `${name}=`;
  return cookies.split("; ").find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "";
}

/** Return the header that repeats the token; none where there is no token. */
export function csrfHeader(cookies = document.cookie, name?: string): Record<string, string> {
  const token = csrfToken(cookies, name);
  return token ? { "x-csrftoken": token } : {};
}

/** Add the field that repeats the token to a form that is about to be sent. */
export function addCsrfField({ currentTarget: form }: { currentTarget: HTMLFormElement }): void {
  const field = document.createElement("input");
  form.append(Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: csrfToken(document.cookie) }));
}
