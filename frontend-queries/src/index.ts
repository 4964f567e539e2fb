/** The operations of the Studio home page, typed; a client for them; and an adapter for today's page. */
export { createStudioHomeApi, InvalidPageError } from "./adapter.ts";
export type {
  StudioHomeApi,
  StudioHomeApiOptions,
  StudioHomeCourse,
  StudioHomeCourses,
  StudioHomeCoursesV2,
  StudioHomeCourseV2,
  StudioHomeData,
} from "./adapter.ts";
export { createClient } from "./client.ts";
export type { Client, ClientOptions, RequestBody, Transport, TransportResponse } from "./client.ts";
export { GraphQLAnswerError, HttpError, NetworkError, RequestError } from "./errors.ts";
export type { GraphQLErrorEntry } from "./errors.ts";
export type { StudioHomeParams } from "./parameters.ts";
export { fetchTransport, httpClientTransport } from "./transports.ts";
export type { FetchTransportOptions, HttpClient } from "./transports.ts";
export * from "./generated/graphql.ts";
