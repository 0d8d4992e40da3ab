import type { Catalogue } from '../catalogue/catalogue';
import { jsonText, readJson, readText, writeText } from '../state/json.store';
import { inWorkspace } from '../state/workspace.folder';
import { readChangelog } from './changelog';
import { CHANGELOG, type Declared, guideOf } from './verdict';
import { next } from './version';

const SNAPSHOT = 'libs/contracts/released/contracts.json';
const VERSION = 'libs/contracts/released/version.json';

export interface Version {
  version: string;
  /** As `2026-11-21`. */
  released: string;
}

/** What was released last: the snapshot of the contracts, its version, the changelog and the next migration guide. */
export class ReleaseStore {
  /** Undefined before the first release. */
  snapshot(): Catalogue | undefined {
    return readJson<Catalogue>(inWorkspace(SNAPSHOT));
  }

  /** @throws where the file is missing */
  version(): string {
    const version = readJson<Version>(inWorkspace(VERSION));
    if (!version) throw new Error(`${VERSION} is missing: restore it from git.`);
    return version.version;
  }

  changelogText(): string {
    return readText(inWorkspace(CHANGELOG)) ?? '';
  }

  declared(): Declared {
    const version = this.version();
    const guide = readText(inWorkspace(guideOf(next(version, 'major'))));
    return {
      version,
      changelog: readChangelog(this.changelogText()),
      ...(guide === undefined ? {} : { guide }),
    };
  }

  async write(catalogue: Catalogue, version: Version, changelog: string): Promise<void> {
    writeText(inWorkspace(SNAPSHOT), await jsonText(catalogue));
    writeText(inWorkspace(VERSION), await jsonText(version));
    writeText(inWorkspace(CHANGELOG), changelog);
  }
}
