import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";

import { GraphQLAnswerError, HttpError, type GraphQLErrorEntry } from "./errors.ts";

/** The body of a request: a document, or the id of a trusted one. */
export type RequestBody = ({ query: string } | { documentId: string }) & { variables: unknown };

/** What a transport brings back: the status, and the body if it is JSON. */
export interface TransportResponse {
  status: number;
  body: unknown;
}

/** Sends a body and brings back the response, whatever its status. Throws `NetworkError`, or the reason of an abort. */
export type Transport = (body: RequestBody, signal?: AbortSignal) => Promise<TransportResponse>;

/** Asks operations. */
export interface Client {
  /**
   * Ask an operation, and return its data.
   *
   * Throws `GraphQLAnswerError`, `HttpError` or `NetworkError`; where `signal` aborts, its reason.
   */
  request<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal },
  ): Promise<Data>;
}

/** How a client asks. */
export interface ClientOptions {
  /** What carries requests to the server: `fetchTransport()`, `httpClientTransport(...)`, or one's own. */
  transport: Transport;
  /**
   * Name operations by their hash instead of sending them, where the server has the manifest; one that it does not know is
   * sent after all.
   */
  documentIds?: boolean;
}

/** Return a client. */
export function createClient({ transport, documentIds = false }: ClientOptions): Client {
  return {
    async request(document, variables, { signal } = {}) {
      const id = documentIds ? hashOf(document) : undefined;
      if (id !== undefined) {
        try {
          return dataOf(await transport({ documentId: id, variables }, signal));
        } catch (error) {
          if (!isUnknownDocument(error)) throw error;
        }
      }
      return dataOf(await transport({ query: print(document), variables }, signal));
    },
  };
}

function hashOf(document: object): string | undefined {
  return (document as { __meta__?: { hash?: string } }).__meta__?.hash;
}

function isUnknownDocument(error: unknown): boolean {
  return error instanceof GraphQLAnswerError && error.codes.includes("PERSISTED_QUERY_NOT_FOUND");
}

function dataOf<Data>({ status, body }: TransportResponse): Data {
  const { data, errors } = (body ?? {}) as { data?: Data | null; errors?: GraphQLErrorEntry[] };
  if (Array.isArray(errors) && errors.length > 0) throw new GraphQLAnswerError(errors, data);
  if (!data) throw new HttpError(status);
  return data;
}
