import { stripVTControlCharacters } from 'node:util';

const HEADING = /^\s*Failed tasks:/;
const TASK = /^\s*-\s+([\w@./-]+):[\w-]+\b/;

/** Reads the list of failed tasks with which Nx ends. */
export class FailedTasks {
  /** Projects with a failed task, in the order of the list. */
  readonly projects = new Set<string>();
  private listing = false;

  add(coloured: string): void {
    const line = stripVTControlCharacters(coloured);
    if (HEADING.test(line)) this.listing = true;
    const [, project] = (this.listing && TASK.exec(line)) || [];
    if (project) this.projects.add(project);
  }
}
