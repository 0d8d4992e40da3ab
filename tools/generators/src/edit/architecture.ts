/** Adds a service to the table of folders, before the web app. */
export const addFolder = (text: string, service: string, what: string): string =>
  text.replace(/^\| `apps\/admin-ui`/m, (row) => `| \`apps/${service}\` | ${what} |\n${row}`);
