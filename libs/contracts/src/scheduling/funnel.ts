import { z } from 'zod';
import { Id } from '../core/primitives';

/** In the order in which the funnel asks; a candidate is recorded with the first one that fails. */
export const FUNNEL_RULES = ['ACTIVE', 'SKILLS', 'WORKING_DAY', 'SHIFT', 'FREE', 'TRAVEL'] as const;
export const FunnelRule = z.enum(FUNNEL_RULES);
export type FunnelRule = z.infer<typeof FunnelRule>;

/** Each part lies in 0…1, higher is better; `total` is their weighted sum. */
export const Score = z.object({
  total: z.number(),
  distance: z.number(),
  load: z.number(),
  fairness: z.number(),
  /** Few skills beyond those asked for: keeps technicians with rare skills free. */
  fit: z.number(),
  /** Little waiting between the job before and this one; absent in funnels stored before it was counted. */
  idle: z.number().optional(),
  /** Extra kilometres this job adds to the technician's day (cheapest insertion). */
  detourKm: z.number(),
});

export const FunnelCandidate = z.object({
  technicianId: Id,
  name: z.string(),
  /** 1 is the best; null for a candidate that failed. */
  rank: z.number().int().nullable(),
  failed: z.object({ rule: FunnelRule, reason: z.string() }).nullable(),
  score: Score.nullable(),
});

/** Which candidates passed or failed which rule for one order and start, with scores (spec A1). */
export const Funnel = z
  .object({
    considered: z.number().int(),
    /** How many candidates were left after each rule. */
    passed: z.array(z.object({ rule: FunnelRule, left: z.number().int() })),
    chosen: Id.nullable(),
    candidates: z.array(FunnelCandidate),
  })
  .meta({ id: 'Funnel' });
export type Funnel = z.infer<typeof Funnel>;
