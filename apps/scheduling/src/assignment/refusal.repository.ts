import { BusinessRuleException } from '@orion/problem';
import { alternatives } from '../calendar/alternatives.repository';
import type { Tx } from '../shared/tx.types';
import type { Considered, Question } from './candidates.repository';
import { refusalCode } from './choice';

/** @throws BusinessRuleException SLOT_TAKEN or NO_CANDIDATE, with the funnel and up to five alternatives */
export async function refuse(
  tx: Tx,
  question: Question,
  considered: Considered,
  technicianId: string | undefined,
): Promise<never> {
  const code = refusalCode(considered, technicianId);
  const failed = considered.funnel.candidates.find((it) => it.technicianId === technicianId)?.failed;
  throw new BusinessRuleException(code, failed ? `${failed.rule}: ${failed.reason}` : undefined, {
    funnel: considered.funnel,
    alternatives: await alternatives(tx, question),
  });
}
