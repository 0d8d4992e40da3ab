import { API_PREFIX, CSRF_HEADER } from '@orion/contracts';

export interface PageAnswer {
  status: number;
  body: Record<string, unknown>;
  /** The `Set-Cookie` headers. */
  set: string[];
}

/** A page of the platform in a browser: keeps its cookies and sends what browsers send. */
export class Page {
  readonly cookies = new Map<string, string>();
  headers: Record<string, string>;

  constructor(
    private readonly url: string,
    headers: Record<string, string> = {},
  ) {
    this.headers = { origin: url, [CSRF_HEADER]: '1', 'sec-fetch-site': 'same-origin', ...headers };
  }

  async post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.url + API_PREFIX + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...this.headers,
        ...(cookie && { cookie }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    const set = response.headers.getSetCookie();
    for (const text of set) this.keep(text);
    const answer = await response.text();
    return { status: response.status, body: answer ? JSON.parse(answer) : {}, set };
  }

  private keep(text: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
    if (/Max-Age=0(;|$)/.test(text)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
