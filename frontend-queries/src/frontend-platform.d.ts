/** Types for what this package uses of `@edx/frontend-platform`, which has none. */
declare module "@edx/frontend-platform" {
  export function getConfig(): { STUDIO_BASE_URL: string };
  export function camelCaseObject(object: object): object;
}

declare module "@edx/frontend-platform/auth" {
  import type { HttpClient } from "./transports.ts";

  export function getAuthenticatedHttpClient(): HttpClient & { get(url: string): Promise<{ data: object }> };
}
