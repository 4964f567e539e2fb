import { createHash } from "node:crypto";

import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../schema/schema.graphql",
  documents: "operations/**/*.graphql",
  generates: {
    "src/generated/": {
      preset: "client",
      presetConfig: {
        // Whoever asks an operation gets all of its fields: there are no components here to hide some from.
        fragmentMasking: false,
        skipIndexFile: true,
        // The manifest that `catalog_graphql.http.trusted_documents` reads: hashes without `sha256:` before them. Each
        // document has its own, too.
        persistedDocuments: {
          mode: "embedHashInDocument",
          hashPropertyName: "hash",
          hashAlgorithm: (text: string) => createHash("sha256").update(text).digest("hex"),
        },
      },
      config: {
        enumsAsTypes: true,
        importExtension: ".ts",
        scalars: { CatalogCourseKey: "string", CourseKey: "string", DateTime: "string" },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
