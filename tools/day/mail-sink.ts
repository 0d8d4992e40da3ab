import { z } from 'zod';

const Mail = z.object({
  headers: z.object({ 'message-id': z.string() }),
  to: z.array(z.object({ address: z.string() })),
});

const PAGE = 200;

/** Message-IDs, without brackets, of the mails in the sink whose recipient is in `domain`; one entry for each mail. */
export async function messageIds(mailUrl: string, domain: string): Promise<string[]> {
  const found: string[] = [];
  for (let skip = 0; ; skip += PAGE) {
    const response = await fetch(`${mailUrl}/api/email?skip=${skip}&limit=${PAGE}`);
    const mails = z.array(Mail).parse(await response.json());
    for (const mail of mails) {
      if (mail.to.some((it) => it.address.endsWith(`@${domain}`)))
        found.push(mail.headers['message-id'].replace(/^<|>$/g, ''));
    }
    if (mails.length < PAGE) return found;
  }
}
