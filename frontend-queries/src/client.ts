import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";

import { GraphQLAnswerError, HttpError, type GraphQLErrorEntry } from "./errors.ts";

/** The body of a request: a document, or the id of a trusted one. */
export type RequestBody = ({ query: string } | { documentId: string }) & { variables: unknown };

/** A transport's response: the status, and the body if it is JSON. */
export interface TransportResponse {
  status: number;
  body: unknown;
}

/** Sends a body and returns the response, whatever its status. Throws `NetworkError`, or the reason of an abort. */
export type Transport = (body: RequestBody, signal?: AbortSignal) => Promise<TransportResponse>;

/** Executes operations. */
export interface Client {
  /**
   * Execute an operation, and return its data.
   *
   * Throws `GraphQLAnswerError`, `HttpError` or `NetworkError`; if `signal` aborts, its reason.
   */
  request<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal },
  ): Promise<Data>;
}

/** The options of a client. */
export interface ClientOptions {
  /** Carries requests to the server: `fetchTransport()`, `httpClientTransport(...)`, or your own. */
  transport: Transport;
  /**
   * Send the hashes of operations instead of their text, if the server has the manifest. If it does not know a hash,
   * send the text after all.
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
