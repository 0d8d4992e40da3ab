import { request } from 'node:http';

export interface Sent {
  method: string;
  url: string;
  token: string;
  body: Buffer;
  /** Without a length at its head. */
  chunked: boolean;
}

/** Milliseconds after which there is no answer. */
const PATIENCE_MS = 30_000;

export interface Answer {
  status: number;
  text: string;
}

/** The answer, also where it comes before all is sent and the connection ends with it. */
export const sendBytes = ({ method, url, token, body, chunked }: Sent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length }),
    };
    const sending = request(url, { method, headers, agent: false, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = [];
      const answer = () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', answer);
      response.on('error', answer);
    });
    sending.on('timeout', () => sending.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)));
    sending.on('error', reject);
    sending.end(body);
  });
