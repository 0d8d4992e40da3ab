import { PlainFailure } from '../failure';
import type { Progress } from '../console/progress.console';
import { canInstall, installPackages } from '../infrastructure/packages.step';
import { findChromium } from '../infrastructure/programs.probe';
import type { StateFolder } from '../state/state.folder';

/** A browser for the journeys: found on this machine or installed where that needs nobody's word. */
export async function obtainChromium(state: StateFolder, progress: Progress): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (canInstall()) {
    await progress.step('installing chromium', () =>
      installPackages(['chromium'], state.file('log', 'apt-chromium.log')),
    );
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new PlainFailure(
    'No Chromium was found for the browser journeys: install it (apt-get install chromium) or name it with ORION_CHROMIUM.',
  );
}
