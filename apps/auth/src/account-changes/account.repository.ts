import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '@orion/database';
import { demandOf, type FactorDemand } from '../factors/sign-in-policy.repository';

export interface AccountRow extends FactorDemand {
  email: string;
  emailVerifiedAt: Date | null;
  newEmail: string | null;
  name: string;
  language: string;
  roles: string[];
}

const READ: Statement = {
  name: 'account_read',
  text: `
  SELECT c.email, c.email_verified_at AS "emailVerifiedAt", e.email AS "newEmail", c.name, c.language,
         coalesce(m.roles, '{}') AS roles, ${demandOf('$2::uuid', 'c.user_id')}
    FROM credential c
    LEFT JOIN email_change e ON e.user_id = c.user_id
    LEFT JOIN membership m ON m.organization_id = $2::uuid AND m.user_id = c.user_id AND m.active
   WHERE c.user_id = $1::uuid`,
};

@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  /** What auth knows of a person and of what they are in the organization. */
  async read(organizationId: string, userId: string): Promise<AccountRow | null> {
    const { rows } = await this.database.statements(organizationId, (tx) =>
      this.database.statement<AccountRow>(tx, READ, [userId, organizationId]),
    );
    return rows[0] ?? null;
  }
}
