import { withoutColours } from '../console/colours';

const TELLING = /\berrors?\b|✖|✕|\[warn\]|MISSED|^\s*-\s+[\w-]+:[\w-]+$/i;
const AT_MOST = 40;

/** From the output of a check, the lines that say what is wrong; the rest stands in its log. */
export class FaultLines {
  private readonly lines: string[] = [];
  private left = 0;

  add(line: string): void {
    if (!TELLING.test(withoutColours(line))) return;
    if (this.lines.length < AT_MOST) this.lines.push(line);
    else this.left += 1;
  }

  text(): string {
    return [...this.lines, ...(this.left > 0 ? [`… and ${this.left} more lines`] : [])].join('\n');
  }
}
