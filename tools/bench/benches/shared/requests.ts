const head = (start: string, fields: readonly string[]): string =>
  [
    `${start} HTTP/1.1`,
    'Host: 127.0.0.1',
    'User-Agent: bench',
    'Accept: application/json',
    ...fields,
    '',
    '',
  ].join('\r\n');

/** A read as its bearer sends it. */
export const getText = (path: string, token: string): string =>
  head(`GET ${path}`, [`Authorization: Bearer ${token}`]);

export function postText(path: string, body: object): string {
  const text = JSON.stringify(body);
  const length = `Content-Length: ${Buffer.byteLength(text)}`;
  return head(`POST ${path}`, ['Content-Type: application/json', length]) + text;
}
