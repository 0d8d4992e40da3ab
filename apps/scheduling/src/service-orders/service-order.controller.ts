import { Controller } from '@nestjs/common';
import {
  cancelServiceOrder,
  changeServiceOrder,
  countServiceOrders,
  createServiceOrder,
  listServiceOrders,
  type Out,
  readServiceOrder,
  transitionServiceOrder,
} from '@orion/contracts';
import { byId, Database, pageOf } from '@orion/database';
import { type Call } from '@orion/security';
import { Implements, TheCall } from '@orion/service';
import { type PrismaClient } from '../generated/prisma/client';
import { ChangeOrder } from './change-order.use-case';
import { CreateOrder } from './create-order.use-case';
import { countOrders, listOrders } from './order-list.repository';
import { orderReply } from './order.mapper';
import { ReadOrder } from './read-order.use-case';
import { TransitionOrder } from './transition-order.use-case';

@Controller()
export class ServiceOrderController {
  constructor(
    private readonly database: Database<PrismaClient>,
    private readonly createOrder: CreateOrder,
    private readonly changeOrder: ChangeOrder,
    private readonly readOrder: ReadOrder,
    private readonly transitionOrder: TransitionOrder,
  ) {}

  @Implements(createServiceOrder)
  create(@TheCall() call: Call<typeof createServiceOrder>): Promise<Out<typeof createServiceOrder>> {
    return this.database.execute(call, async (tx) =>
      orderReply(await this.createOrder.run(tx, call.principal, call.body)),
    );
  }

  @Implements(countServiceOrders)
  counts(@TheCall() { principal }: Call<typeof countServiceOrders>): Promise<Out<typeof countServiceOrders>> {
    return this.database.tenant(principal.organizationId, (tx) => countOrders(tx, principal.organizationId));
  }

  @Implements(listServiceOrders)
  list(
    @TheCall() { principal, query }: Call<typeof listServiceOrders>,
  ): Promise<Out<typeof listServiceOrders>> {
    return this.database.tenant(principal.organizationId, async (tx) =>
      pageOf(await listOrders(tx, principal.organizationId, query), query, byId, orderReply),
    );
  }

  @Implements(readServiceOrder)
  read(
    @TheCall() { principal, params }: Call<typeof readServiceOrder>,
  ): Promise<Out<typeof readServiceOrder>> {
    return this.database.tenant(principal.organizationId, (tx) =>
      this.readOrder.run(tx, principal.organizationId, params.id),
    );
  }

  @Implements(changeServiceOrder)
  change(@TheCall() call: Call<typeof changeServiceOrder>): Promise<Out<typeof changeServiceOrder>> {
    return this.database.execute(call, async (tx) =>
      orderReply(await this.changeOrder.run(tx, call.principal, call.params.id, call.body)),
    );
  }

  @Implements(cancelServiceOrder)
  cancel(@TheCall() call: Call<typeof cancelServiceOrder>): Promise<Out<typeof cancelServiceOrder>> {
    return this.database.execute(call, async (tx) =>
      orderReply(await this.transitionOrder.cancel(tx, call.principal, call.params.id, call.body.reason)),
    );
  }

  @Implements(transitionServiceOrder)
  transition(
    @TheCall() call: Call<typeof transitionServiceOrder>,
  ): Promise<Out<typeof transitionServiceOrder>> {
    return this.database.execute(call, async (tx) =>
      orderReply(await this.transitionOrder.move(tx, call.principal, call.params.id, call.body)),
    );
  }
}
