/** An error in a GraphQL response, as the server sends it. */
export interface GraphQLErrorEntry {
  message: string;
  path?: (string | number)[];
  locations?: { line: number; column: number }[];
  extensions?: { code?: string; [name: string]: unknown };
}

/** The errors of a request, except for an abort, which throws the signal's reason. */
export class RequestError extends Error {
  override name = "RequestError";
}

/** The server responded with errors: the viewer must sign in, an input is malformed, the rate is exceeded, ... */
export class GraphQLAnswerError extends RequestError {
  override name = "GraphQLAnswerError";
  /** The errors, as the server sent them. */
  readonly errors: readonly GraphQLErrorEntry[];
  /** The partial data, if any. */
  readonly data: unknown;
  /** The codes of the errors, such as `UNAUTHENTICATED`. */
  readonly codes: readonly string[];

  constructor(errors: readonly GraphQLErrorEntry[], data: unknown = null) {
    super(errors.map(({ message }) => message).join("\n"));
    this.errors = errors;
    this.data = data;
    this.codes = errors.flatMap(({ extensions }) => extensions?.code ?? []);
  }
}

/** The response was not GraphQL: a proxy's page, a CSRF failure, a server that is down. */
export class HttpError extends RequestError {
  override name = "HttpError";
  /** The status of the response. */
  readonly status: number;

  constructor(status: number) {
    super(`The server answered with the HTTP status ${status}, and not with GraphQL.`);
    this.status = status;
  }
}

/** There was no response at all; `cause` is the browser's error. */
export class NetworkError extends RequestError {
  override name = "NetworkError";

  constructor(cause: unknown) {
    super("The server could not be reached.", { cause });
  }
}
