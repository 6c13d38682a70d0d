import type { NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  // The repository is no npm workspace: without this, Next.js looks for lock files above this folder.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  reactStrictMode: true,
  // Above what the planner reads of one file (20 MB): a longer body would be cut off on its way without a word.
  experimental: { proxyClientMaxBodySize: "24mb" },
  images: { unoptimized: true },
  // No image is resized here, and what resizes them is half of the image's size.
  outputFileTracingExcludes: { "*": ["node_modules/sharp/**", "node_modules/@img/**", "node_modules/typescript/**"] },
};

export default config;
