import type { Funnel } from '@orion/contracts';
import type { FunnelResult, Ranked } from './funnel';

/** Who may be taken, best first: everybody who passed, or the one named if that one passed. */
export const rankedFor = ({ ranked }: FunnelResult, technicianId: string | undefined): readonly Ranked[] =>
  technicianId === undefined ? ranked : ranked.filter(({ candidate }) => candidate.id === technicianId);

/**
 * The order in which an assignment tries candidates: the booking's technician leads where nobody scores better, so
 * that equals do not move a promised visit.
 */
export function preferring(ranked: readonly Ranked[], technicianId: string): readonly Ranked[] {
  const best = ranked[0];
  const present = ranked.find(({ candidate }) => candidate.id === technicianId);
  if (!best || !present || present.score.total < best.score.total) return ranked;
  return [present, ...ranked.filter((it) => it !== present)];
}

export const chosen = (funnel: Funnel, technicianId: string): Funnel => ({ ...funnel, chosen: technicianId });

/**
 * Why nobody could be taken: SLOT_TAKEN where somebody would be free but for another booking, or was until a moment
 * ago; NO_CANDIDATE where nobody could at all.
 */
export function refusalCode(
  { ranked, funnel }: FunnelResult,
  technicianId: string | undefined,
): 'SLOT_TAKEN' | 'NO_CANDIDATE' {
  const asked = (id: string): boolean => technicianId === undefined || id === technicianId;
  const lost = ranked.some(({ candidate }) => asked(candidate.id));
  const busy = funnel.candidates.some((it) => asked(it.technicianId) && it.failed?.rule === 'FREE');
  return lost || busy ? 'SLOT_TAKEN' : 'NO_CANDIDATE';
}
