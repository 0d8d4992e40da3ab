export default {
  '*.{ts,tsx,mjs,cjs,js,json,md,yml,yaml,css,html}': 'prettier --write --ignore-unknown',
  // Lint goes through Nx: the boundary rule needs the project graph.
  '{apps,libs,tools}/**/*.{ts,tsx,mjs,cjs}': () => 'nx affected -t lint,typecheck --uncommitted',
};
