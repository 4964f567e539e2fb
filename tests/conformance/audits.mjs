/**
 * Ask the server at the given address, with the given headers as JSON, all that GraphQL over HTTP asks of one, and print
 * what it makes of it: an array of `{ id, name, status, reason }` as JSON.
 */
import { auditServer } from "graphql-http";

const [url, headers] = process.argv.slice(2);
const fetchFn = (to, init) => fetch(to, { ...init, headers: { ...init?.headers, ...JSON.parse(headers) } });
const results = await auditServer({ url, fetchFn });
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
