/** What Nx prints once the files are written: the file to open, and how to try what was made. */
export const tellNext =
  (file: string, projects: readonly string[]): (() => void) =>
  () => {
    console.log(`\nOpen next: ${file}`);
    console.log(`Try it:    npx nx run-many -t lint typecheck test -p ${projects.join(' ')}`);
  };
