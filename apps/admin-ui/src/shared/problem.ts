import { ApiProblem, isPassing } from '@orion/client';
import { type ErrorCode } from '@orion/contracts';
import { type Translate } from '../app/i18n/i18n';
import { en } from '../app/i18n/en';

export const isProblem = (error: unknown, status?: number): error is ApiProblem =>
  error instanceof ApiProblem && (status === undefined || error.status === status);

export const hasCode = (error: unknown, ...codes: ErrorCode[]): error is ApiProblem =>
  isProblem(error) && (codes as string[]).includes(error.code);

export interface ProblemText {
  title: string;
  /** What to do next. */
  next: string;
  reference?: string;
}

type Known = keyof typeof en.common.problem;
const isKnown = (code: string): code is Known => code in en.common.problem;

const sentence = (text = ''): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What went wrong and what to do next, in the reader's words. */
export function problemText(error: unknown, t: Translate): ProblemText {
  if (!isProblem(error) || error.status === 0) {
    const reached = !isProblem(error) && !(error instanceof TypeError);
    return reached
      ? { title: t('common.crashed.title'), next: t('common.problem.INTERNAL') }
      : { title: t('common.problem.offline'), next: t('common.problem.offlineNext') };
  }
  const { title, detail, correlationId } = error.problem;
  const advice = isKnown(error.code) ? t(`common.problem.${error.code}`) : '';
  const next = [detail === title ? undefined : detail, advice].filter(Boolean).map(sentence).join(' ');
  return {
    title,
    next: next || t('common.tryAgain'),
    reference: error.status >= 500 ? correlationId : undefined,
  };
}

/** Another try may help: the platform or the network was away. */
export const worthRetrying = (failures: number, error: unknown): boolean => failures < 2 && isPassing(error);
