import { type Funnel, FUNNEL_RULES, type FunnelRule, type Place } from '@orion/contracts';
import { isSkilled } from '../calendar/availability';
import type { DayGrid } from '../calendar/grid';
import { blockedAt, type Job, type TechnicianDay } from '../calendar/technician-day';
import type { TravelTime } from '../calendar/travel';
import type { ClosedDay } from '../calendar/working-day';
import { failedText } from './reason';
import { detourKm, loadOf, type Score, scoreOf, waitMinutes } from './score';

export interface Candidate {
  readonly id: string;
  readonly name: string;
  /** Why the candidate cannot be asked at all: archived, or its team or provider is. */
  readonly inactive: string | null;
  readonly skills: ReadonlySet<string>;
  readonly day: TechnicianDay;
  readonly lastAssignedAt: number | null;
}

export interface FunnelInput {
  readonly now: number;
  readonly start: number;
  readonly grid: DayGrid;
  readonly closed: ClosedDay | null;
  readonly job: Job & { readonly skills: readonly string[]; readonly place: Place };
  readonly candidates: readonly Candidate[];
  readonly travel: TravelTime;
}

export interface Ranked {
  readonly candidate: Candidate;
  readonly score: Score;
}

export interface FunnelResult {
  /** Best first. */
  readonly ranked: readonly Ranked[];
  /** The record to store; nobody is chosen yet. */
  readonly funnel: Funnel;
}

type Failed = { rule: FunnelRule; reason: string };

/** The first rule a candidate fails for the job at that start; null if all pass. */
export function firstFailed(input: FunnelInput, candidate: Candidate): Failed | null {
  const { job, closed } = input;
  if (candidate.inactive !== null) return { rule: 'ACTIVE', reason: candidate.inactive };
  if (!isSkilled(candidate, job.skills)) {
    const missing = job.skills.filter((skill) => !candidate.skills.has(skill));
    return { rule: 'SKILLS', reason: `lacks ${missing.join(', ')}` };
  }
  if (closed) {
    const reason =
      closed.rule === 'HOLIDAY'
        ? `closed on ${input.grid.date}: ${closed.name}`
        : `${input.grid.date} is not a working day`;
    return { rule: 'WORKING_DAY', reason };
  }
  const blocked = blockedAt(candidate.day, job, input.start, input.travel);
  return blocked && failedText(blocked, input.start, input.start + job.durationMs, input.grid.timezone);
}

/** Best score first; ties by least recently assigned, then id, so the same input gives the same order. */
export const byRank = (a: Ranked, b: Ranked): number =>
  b.score.total - a.score.total ||
  (a.candidate.lastAssignedAt ?? -Infinity) - (b.candidate.lastAssignedAt ?? -Infinity) ||
  (a.candidate.id < b.candidate.id ? -1 : 1);

/** Asks every rule of every candidate in order and ranks those who pass (spec A1). */
export function runFunnel(input: FunnelInput): FunnelResult {
  const judged = input.candidates.map((candidate) => ({ candidate, failed: firstFailed(input, candidate) }));
  const ranked = judged
    .filter((it) => it.failed === null)
    .map(({ candidate }) => ({
      candidate,
      score: scoreOf(
        {
          detourKm: detourKm(candidate.day, input.job.place, input.start, input.travel),
          load: loadOf(candidate.day),
          waitMinutes: waitMinutes(candidate.day, input.job.place, input.start, input.travel),
          surplusSkills: candidate.skills.size - input.job.skills.length,
          lastAssignedAt: candidate.lastAssignedAt,
        },
        input.now,
      ),
    }))
    .sort(byRank);
  const rejected = judged.flatMap(({ candidate, failed }) => (failed ? [{ candidate, failed }] : []));
  return { ranked, funnel: record(ranked, rejected) };
}

function record(
  ranked: readonly Ranked[],
  rejected: readonly { candidate: Candidate; failed: Failed }[],
): Funnel {
  let left = ranked.length + rejected.length;
  const passed = FUNNEL_RULES.map((rule) => {
    left -= rejected.filter((it) => it.failed.rule === rule).length;
    return { rule, left };
  });
  return {
    considered: ranked.length + rejected.length,
    passed,
    chosen: null,
    candidates: [
      ...ranked.map(({ candidate, score }, index) => ({
        technicianId: candidate.id,
        name: candidate.name,
        rank: index + 1,
        failed: null,
        score,
      })),
      ...[...rejected]
        .sort((a, b) => (a.candidate.id < b.candidate.id ? -1 : 1))
        .map(({ candidate, failed }) => ({
          technicianId: candidate.id,
          name: candidate.name,
          rank: null,
          failed,
          score: null,
        })),
    ],
  };
}
