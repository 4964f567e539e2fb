import { defineConfig } from "vite";

export default defineConfig({
  // Files find each other relative to where they were loaded from, so any STATIC_URL will do.
  base: "./",
  build: {
    outDir: "../../catalog_graphql/static/catalog_graphql/graphiql",
    emptyOutDir: true,
    // One stylesheet, whose name the Django template knows; fonts stay files of their own.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: "index.tsx",
      // "use client" and the like mean nothing here, and the libraries are full of them.
      checks: { moduleLevelDirective: false },
      // Django may serve the entry under a hashed name. No chunk may then import the entry by its plain name:
      // the browser would run it twice. A strict entry shares nothing with chunks.
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "graphiql.js",
        assetFileNames: (asset) => (asset.names.some((name) => name.endsWith(".css")) ? "graphiql.css" : "assets/[name]-[hash][extname]"),
      },
    },
  },
  worker: { format: "es" },
});
