import type { Tally } from './jest-summary';
import { StateFolder } from '../state/state.folder';
import { inWorkspace } from '../state/workspace';

/** Numbers of the last `npm test` and `npm run check`, for .ci/run; they lie apart from any platform's state. */
const folder = (): StateFolder => new StateFolder(inWorkspace('.orion', 'results'));

export type Suite = 'test' | 'check';

export const forgetResults = (suite: Suite): void => folder().remove(`${suite}.json`);

export const keepResults = (suite: Suite, tally: Tally): void => folder().write(`${suite}.json`, tally);
