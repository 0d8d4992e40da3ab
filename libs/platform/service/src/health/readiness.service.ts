import { Injectable } from '@nestjs/common';

/** One thing a service needs before it can do its work. */
export interface ReadinessCheck {
  name: string;
  /** Rejects with what is wrong. */
  check(): Promise<Record<string, unknown> | void>;
  /** A part the service can do without is reported but never turns it unready. */
  optional?: boolean;
}

/** What readiness depends on; parts of a service may add checks of their own. */
@Injectable()
export class Readiness {
  private readonly checks: ReadinessCheck[] = [];
  private leaving = false;

  add(check: ReadinessCheck): void {
    this.checks.push(check);
  }

  all(): readonly ReadinessCheck[] {
    return this.checks;
  }

  /** From now on the service says that it is not ready, while it finishes what it has begun. */
  leave(): void {
    this.leaving = true;
  }

  get stopping(): boolean {
    return this.leaving;
  }
}
