import plugin from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["operations/**/*.graphql"],
    linterOptions: { noInlineConfig: true },
    plugins: { "@graphql-eslint": plugin },
    languageOptions: {
      parser: plugin.parser,
      parserOptions: {
        graphQLConfig: { schema: "../schema/schema.graphql", documents: "operations/**/*.graphql" },
      },
    },
    rules: plugin.configs["flat/operations-recommended"].rules,
  },
];
