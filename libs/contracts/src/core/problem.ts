import { z } from 'zod';

/** RFC 9457 problem document, media type `application/problem+json`. */
export const Problem = z
  .looseObject({
    /** `https://orion.dev/problems/<code in kebab case>`: a name, not an address to fetch. */
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    code: z.string(),
    correlationId: z.string().optional(),
    /** One entry for each field that was refused. */
    errors: z.array(z.object({ field: z.string(), reason: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

export const problemType = (code: string): string =>
  `https://orion.dev/problems/${code.toLowerCase().replaceAll('_', '-')}`;
