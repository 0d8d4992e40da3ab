import { request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';

const LARGEST_BYTES = 1024 * 1024;

export interface VaultRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: Record<string, string>;
  /** PEM certificates to trust instead of the system's. */
  authority?: string;
  /** For the whole exchange. */
  timeoutMs: number;
}

export interface VaultAnswer {
  status: number;
  /** Undefined where the answer holds no JSON. */
  body: unknown;
  location?: string;
  /** Milliseconds after which the server wants to be asked again. */
  retryAfterMs?: number;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One exchange, no redirects followed. Rejects with the system's error where there is no answer. */
export function exchange(url: URL, request: VaultRequest): Promise<VaultAnswer> {
  const { method, headers, body, authority, timeoutMs } = request;
  const content = body && JSON.stringify(body);
  const options: RequestOptions & { ca?: string } = {
    method,
    headers: { ...headers, ...(content ? { 'content-type': 'application/json' } : {}) },
    signal: AbortSignal.timeout(timeoutMs),
    ...(authority ? { ca: authority } : {}),
  };
  return new Promise((settle, fail) => {
    const sent = (url.protocol === 'https:' ? secure : plain)(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > LARGEST_BYTES) response.destroy(new Error('the answer is too large'));
      });
      response.on('error', fail);
      response.on('end', () =>
        settle({
          status: response.statusCode ?? 0,
          body: parsed(text),
          location: response.headers.location,
          retryAfterMs: Number(response.headers['retry-after']) * 1000 || undefined,
        }),
      );
    });
    sent.on('error', fail);
    sent.end(content);
  });
}
