import rtlcss from "postcss-rtlcss";
import { defineConfig } from "vite";

export default defineConfig({
  // Files find each other relative to where they were loaded from, so any STATIC_URL will do.
  base: "./",
  // What the operations in `../src` import is found here: their own packages need not be installed.
  resolve: { dedupe: ["graphql"] },
  // Paragon's styles know left and right; each rule of these gets its mirror image for pages with dir="rtl".
  css: {
    postcss: { plugins: [rtlcss()] },
    // Paragon has media queries by custom properties, which no browser takes either.
    lightningcss: { errorRecovery: true },
  },
  build: {
    outDir: "../../catalog_graphql/static/catalog_graphql/studio-home",
    emptyOutDir: true,
    // One script and one stylesheet, whose names the Django template knows.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: "src/main.tsx",
      // "use client" and the like mean nothing here, and the libraries are full of them.
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
