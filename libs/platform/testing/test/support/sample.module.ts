import { Controller, type DynamicModule, Injectable, Module } from '@nestjs/common';
import { CacheModule } from '@orion/cache';
import { type BaseConfig } from '@orion/config';
import {
  checkPermission,
  deleteWebhookSubscription,
  type EventEnvelope,
  listRoles,
  membershipChanged,
  type Out,
  readWebhookDelivery,
} from '@orion/contracts';
import { Database, DatabaseModule } from '@orion/database';
import { type EventConsumer, MessagingModule } from '@orion/messaging';
import { BusinessRuleException } from '@orion/problem';
import { type Call, SecurityModule } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { PrismaClient } from '../generated/prisma/client';

@Injectable()
export class Marker implements EventConsumer {
  readonly name = 'scheduling.marker';
  readonly events = [membershipChanged];

  async handle(tx: PrismaClient, { organizationid }: EventEnvelope): Promise<void> {
    await tx.mark.create({ data: { organizationId: organizationid } });
  }
}

@Controller()
export class SampleController {
  constructor(private readonly database: Database<PrismaClient>) {}

  @Implements(checkPermission)
  async check(
    @TheCall() { principal, query }: Call<typeof checkPermission>,
  ): Promise<Out<typeof checkPermission>> {
    return { permission: query.permission, granted: principal.permissions.has(query.permission) };
  }

  @Implements(listRoles)
  async list(@TheCall() call: Call<typeof listRoles>): Promise<Out<typeof listRoles>> {
    await this.database.execute(call, (tx) => tx.mark.count());
    return { items: [] };
  }

  /** As it should be: a row of another organization is not there. */
  @Implements(deleteWebhookSubscription)
  async delete(@TheCall() { principal, params }: Call<typeof deleteWebhookSubscription>): Promise<undefined> {
    const { count } = await this.database.tenant(principal.organizationId, (tx) =>
      tx.mark.deleteMany({ where: { id: params.id } }),
    );
    if (count === 0) throw new BusinessRuleException('NOT_FOUND');
  }

  /** As it should not be: it tells a stranger that the row exists. */
  @Implements(readWebhookDelivery)
  async read(@TheCall() { params }: Call<typeof readWebhookDelivery>): Promise<never> {
    const mark = await this.database.worker((tx) => tx.mark.findUnique({ where: { id: params.id } }));
    throw new BusinessRuleException(mark ? 'FORBIDDEN' : 'NOT_FOUND');
  }
}

@Module({})
export class SampleModule {
  static with(config: BaseConfig): DynamicModule {
    return {
      module: SampleModule,
      imports: [
        CacheModule.forService(config),
        DatabaseModule.forService({
          service: 'scheduling',
          client: PrismaClient,
          url: config.DATABASE_URL,
          workerUrl: config.WORKER_DATABASE_URL,
          pool: config.DATABASE_POOL,
          workerPool: config.WORKER_DATABASE_POOL,
        }),
        MessagingModule.forService({
          service: 'scheduling',
          url: config.RABBITMQ_URL,
          namespace: config.MESSAGING_NAMESPACE,
          consumers: [Marker],
        }),
        SecurityModule.forService({ authUrl: config.AUTH_URL }),
      ],
      controllers: [SampleController],
      providers: [Marker],
    };
  }
}
