/** urql with its exchange for automatic persisted queries. */
import { Client, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

export function connect({ url, headers, fetch, useGet }) {
  const persisted = persistedExchange({ preferGetForPersistedQueries: useGet });
  const client = new Client({
    url,
    fetch,
    fetchOptions: { headers },
    preferGetMethod: false,
    exchanges: [persisted, fetchExchange],
  });
  return async (query) => {
    const { data, error } = await client.query(query, {}, { requestPolicy: "network-only" });
    if (error) throw error;
    return data;
  };
}
