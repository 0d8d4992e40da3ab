const OF_AN_APP = /^\/apps\/([a-z-]+)\/(\s+)/;

/** Adds the owner of an app after the last app; what comes later in the file decides over it, and has to. */
export function addOwner(text: string, app: string, owner: string): string {
  const lines = text.split('\n');
  const last = lines.findLastIndex((it) => OF_AN_APP.test(it));
  const column = OF_AN_APP.exec(lines[last] ?? '')?.[0].length ?? 0;
  lines.splice(last + 1, 0, `${`/apps/${app}/`.padEnd(column - 1)} ${owner}`);
  return lines.join('\n');
}
