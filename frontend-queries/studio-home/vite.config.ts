import rtlcss from "postcss-rtlcss";
import { defineConfig } from "vite";

export default defineConfig({
  // Files refer to each other by relative URLs, so that any STATIC_URL works.
  base: "./",
  // Resolve the imports of `../src` from here, so that its own packages need not be installed.
  resolve: { dedupe: ["graphql"] },
  // Paragon's styles use left and right. Each such rule gets a mirrored version for pages with dir="rtl".
  css: {
    postcss: { plugins: [rtlcss()] },
    // Paragon uses custom media queries, which no browser supports.
    lightningcss: { errorRecovery: true },
  },
  build: {
    outDir: "../../catalog_graphql/static/catalog_graphql/studio-home",
    emptyOutDir: true,
    // A single script and a single stylesheet, whose names are in the Django template.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: "src/main.tsx",
      // The libraries are full of directives such as "use client", which have no meaning here.
      checks: { moduleLevelDirective: false },
      output: {
        codeSplitting: false,
        entryFileNames: "studio-home.js",
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith(".css")) ? "studio-home.css" : "assets/[name]-[hash][extname]",
      },
    },
  },
});
