/**
 * Hold the SDL file at the given path to @graphql-eslint's `schema-recommended` and `schema-relay`, and print what they
 * find: an array of `{ rule, line, message }` as JSON.
 */
import { dirname, resolve } from "node:path";

import plugin from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";

const sdl = resolve(process.argv[2]);
const eslint = new ESLint({
  cwd: dirname(sdl),
  overrideConfigFile: true, // No configuration but this one.
  overrideConfig: {
    files: ["**/*.graphql"],
    linterOptions: { noInlineConfig: true },
    plugins: { "@graphql-eslint": plugin },
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: sdl } } },
    rules: {
      ...plugin.configs["flat/schema-recommended"].rules,
      ...plugin.configs["flat/schema-relay"].rules,

      // What has no id of its own: pages, edges and payloads, for which Relay has none, and what is only ever read as a
      // part of something else.
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            suffixes: ["Connection", "Edge", "Payload"],
            types: ["CourseSchedule", "ImportCourseRunResult", "PageInfo", "UserError", "Viewer"],
          },
        },
      ],

      // Not every list is a connection, nor does Relay ask that: `nodes(ids)` is Relay's own, and errors, warnings and the
      // `nodes` of a page are short and have no cursors.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
});

const [{ messages }] = await eslint.lintFiles([sdl]);
console.log(JSON.stringify(messages.map(({ ruleId, line, message }) => ({ rule: ruleId, line, message }))));
