/**
 * Ask the server at the given address all that GraphQL over HTTP asks of one, and print what it makes of it:
 * an array of `{ id, name, status, reason }` as JSON.
 */
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2], fetchFn: fetch });
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
