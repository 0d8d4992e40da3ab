import { z } from 'zod';

const text = z.string().optional().catch(undefined);

/** What a provider sends the browser back with (OpenID Connect Core 3.1.2, RFC 9207), or where the person came from. */
export const SsoSearch = z.object({ code: text, state: text, iss: text, error: text, returnTo: text });
