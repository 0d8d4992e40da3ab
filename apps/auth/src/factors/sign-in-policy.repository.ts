import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '@orion/database';
import type { Prisma } from '../generated/prisma/client';

/** Whether an organization asks a person for a second factor, and whether they have one. */
export interface FactorDemand {
  required: boolean;
  /** An authenticator. */
  setUp: boolean;
  passkeys: number;
}

/** @param organizationId an expression, as is the other */
export const demandOf = (organizationId: string, userId: string): string =>
  `EXISTS (SELECT FROM sign_in_policy WHERE organization_id = ${organizationId} AND second_factor_required) AS required,
   EXISTS (SELECT FROM authenticator WHERE user_id = ${userId} AND confirmed_at IS NOT NULL) AS "setUp",
   (SELECT count(*)::int FROM passkey WHERE user_id = ${userId}) AS passkeys`;

const DEMAND: Statement = {
  name: 'second_factor_demand',
  text: `SELECT ${demandOf('$1::uuid', '$2::uuid')}`,
};

/** What an organization asks of its members; nothing until it says otherwise. */
@Injectable()
export class SignInPolicyRepository {
  constructor(private readonly database: Database) {}

  /** In the organization of the transaction. */
  async demand(tx: object, organizationId: string, userId: string): Promise<FactorDemand> {
    const { rows } = await this.database.statement<FactorDemand>(tx, DEMAND, [organizationId, userId]);
    if (!rows[0]) throw new Error('the database answers with no row');
    return rows[0];
  }

  /** In the organization of the transaction. */
  async secondFactorRequired(tx: Prisma.TransactionClient, organizationId: string): Promise<boolean> {
    const found = await tx.signInPolicy.findUnique({ where: { organizationId } });
    return found?.secondFactorRequired ?? false;
  }

  async set(
    tx: Prisma.TransactionClient,
    organizationId: string,
    secondFactorRequired: boolean,
  ): Promise<void> {
    await tx.signInPolicy.upsert({
      where: { organizationId },
      create: { organizationId, secondFactorRequired },
      update: { secondFactorRequired },
    });
  }
}
