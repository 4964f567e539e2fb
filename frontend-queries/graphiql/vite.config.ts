import { defineConfig } from "vite";

export default defineConfig({
  // Files refer to each other by relative URLs, so that any STATIC_URL works.
  base: "./",
  build: {
    outDir: "../../catalog_graphql/static/catalog_graphql/graphiql",
    emptyOutDir: true,
    // A single stylesheet, whose name is in the Django template; fonts stay separate files.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: "index.tsx",
      // The libraries are full of directives such as "use client", which have no meaning here.
      checks: { moduleLevelDirective: false },
      // Django may serve the entry under a hashed name. If a chunk imported the entry by its plain name, the browser
      // would run it twice. A strict entry shares nothing with chunks.
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "graphiql.js",
        assetFileNames: (asset) => (asset.names.some((name) => name.endsWith(".css")) ? "graphiql.css" : "assets/[name]-[hash][extname]"),
      },
    },
  },
  worker: { format: "es" },
});
