import { Injectable } from '@nestjs/common';
import { changeOf, organizationCreated } from '@orion/contracts';
import { Outbox } from '@orion/messaging';
import { v7 as uuid } from 'uuid';
import type { Membership, Organization, Prisma } from '../generated/prisma/client';
import { MembershipRepository } from '../memberships/membership.repository';
import { OrganizationRepository } from './organization.repository';

export interface Founder {
  id: string;
  email: string;
}

/** Creates an organization with its founder as admin. The transaction must stand in the new organization already. */
@Injectable()
export class FoundOrganization {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly memberships: MembershipRepository,
    private readonly outbox: Outbox,
  ) {}

  async run(
    tx: Prisma.TransactionClient,
    founder: Founder,
    wish: { id: string; name: string; now: Date },
  ): Promise<{ organization: Organization; membership: Membership }> {
    const organization = await this.organizations.add(tx, {
      id: wish.id,
      name: wish.name,
      createdAt: wish.now,
      ownerId: founder.id,
    });
    // At once: at the commit the transaction may stand in another organization again.
    await this.outbox.publishNumbered(tx, organizationCreated, {
      organizationId: organization.id,
      subject: organization.id,
      data: {
        organizationId: organization.id,
        name: organization.name,
        slug: organization.slug,
        createdBy: founder.id,
      },
      change: changeOf(null, { name: organization.name, slug: organization.slug, ownerId: founder.id }),
      actorId: founder.id,
    });
    const state = {
      id: uuid(),
      organizationId: organization.id,
      userId: founder.id,
      roles: ['admin'],
      active: true,
      joinedAt: wish.now,
      suspendedAt: null,
      title: '',
    };
    const membership = await this.memberships.save(tx, founder.email, state, null, founder.id);
    return { organization, membership };
  }
}
