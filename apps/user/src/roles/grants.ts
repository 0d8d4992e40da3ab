/** What roles of one organization grant, as far as was asked. */
export class Grants {
  /** @param byRole null for a role the organization does not have */
  constructor(private readonly byRole: ReadonlyMap<string, readonly string[] | null>) {}

  permissionsOf(ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => this.byRole.get(id) ?? []))].sort();
  }

  /** Roles the organization does not have. */
  unknown(ids: readonly string[]): string[] {
    return ids.filter((id) => this.byRole.get(id) === null);
  }

  /** Whether all of them were asked about. */
  covers(ids: readonly string[]): boolean {
    return ids.every((id) => this.byRole.has(id));
  }
}
