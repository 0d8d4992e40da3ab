/**
 * The value of a metric in the text of a `/metrics` page, whatever its labels; the sum where there are several.
 * @returns undefined where the page has no such metric
 */
export function metricOf(page: string, name: string): number | undefined {
  const values = page
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
  return values.length === 0 ? undefined : values.reduce((sum, it) => sum + it, 0);
}
