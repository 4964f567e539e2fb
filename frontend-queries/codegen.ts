import { createHash } from "node:crypto";

import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../schema/schema.graphql",
  documents: "operations/**/*.graphql",
  generates: {
    "src/generated/": {
      preset: "client",
      presetConfig: {
        // Expose all fields of an operation: there are no components here from which to mask fragments.
        fragmentMasking: false,
        skipIndexFile: true,
        // The manifest that `catalog_graphql.http.trusted_documents` reads, whose hashes have no prefix `sha256:`. Each
        // document also contains its own hash.
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
