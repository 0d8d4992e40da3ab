import type { CheckResults } from '@orion/workspace';
import type { Tally } from './jest-summary';
import { StateFolder } from '../state/state.folder';
import { inWorkspace } from '../state/workspace';

interface Results {
  test: Tally;
  check: CheckResults;
}

/** Results of the last `npm test` and `npm run check`, for .ci/run and workstreams; apart from any platform's state. */
const folder = (): StateFolder => new StateFolder(inWorkspace('.orion', 'results'));

export const forgetResults = (suite: keyof Results): void => folder().remove(`${suite}.json`);

export const keepResults = <S extends keyof Results>(suite: S, results: Results[S]): void =>
  folder().write(`${suite}.json`, results);
