import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const config = [
  { ignores: [".next/**", "next-env.d.ts", "src/lib/api/types/**"] },
  ...next,
  ...typescript,
  { rules: { "max-lines": ["error", 300], eqeqeq: "error", "no-console": "error" } },
];

export default config;
