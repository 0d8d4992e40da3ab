import { Progress } from '../src/console/progress.console';

/** Keeps what it was told instead of printing it. */
export class QuietProgress extends Progress {
  readonly told: string[] = [];

  override say(line = ''): void {
    this.told.push(line);
  }
}
