import { mailUrl } from './platform';

export interface Mail {
  subject: string;
  to: { address: string }[];
}

const PAGE = 200;

/** Mails the sink has taken for one address. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const found: Mail[] = [];
  for (let skip = 0; ; skip += PAGE) {
    const response = await fetch(`${mailUrl()}/api/email?skip=${skip}&limit=${PAGE}`);
    if (!response.ok) throw new Error(`the mail sink answered ${response.status}`);
    const mails = (await response.json()) as Mail[];
    found.push(...mails.filter((mail) => mail.to.some((it) => it.address === address)));
    if (mails.length < PAGE) return found;
  }
}
