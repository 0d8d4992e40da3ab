import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Address, AddressReply, Attributes, Code, Id, IdParams, Timestamp } from '../core/primitives';

export const ORDER_STATES = [
  'CREATED',
  'SCHEDULED',
  'ASSIGNED',
  'ACCEPTED',
  'IN_PROGRESS',
  'PICKED_UP',
  'IN_TRANSIT',
  'DELIVERED',
  'FAILED',
  'COMPLETED',
  'VALIDATED',
  'CLOSED',
  'CANCELLED',
] as const;
export const OrderState = z.enum(ORDER_STATES);
export type OrderState = z.infer<typeof OrderState>;

export const OrderKind = z.enum(['INSTALLATION', 'MAINTENANCE', 'REPAIR', 'TECHNICAL_VISIT', 'DELIVERY']);
export type OrderKind = z.infer<typeof OrderKind>;

const order = {
  kind: OrderKind,
  title: z.string().trim().min(1).max(200),
  instructions: z.string().trim().max(5000),
  /** Where the job is; the customer's address if left out at creation. */
  address: Address,
  skills: z.array(Code).max(50),
  durationMinutes: z
    .number()
    .int()
    .min(5)
    .max(24 * 60),
  earliestStart: Timestamp,
  latestStart: Timestamp,
  attributes: Attributes,
  externalId: Code.nullable(),
};

export const ServiceOrder = z
  .object({
    id: Id,
    number: z.string().meta({ description: 'Human-readable, unique in the organization' }),
    businessUnitId: Id,
    customerId: Id,
    customerName: z.string(),
    state: OrderState,
    ...order,
    address: AddressReply,
    createdAt: Timestamp,
    version: z.number().int(),
  })
  .meta({ id: 'ServiceOrder' });

export const Transition = z.object({
  from: OrderState.nullable(),
  to: OrderState,
  reason: z.string(),
  actorId: Id.nullable(),
  at: Timestamp,
});

export const ServiceOrderDetail = ServiceOrder.extend({
  history: z.array(Transition),
  /** The active hold or booking, if any, and the technician it is for. */
  booking: z
    .object({
      id: Id,
      technicianId: Id,
      technicianName: z.string(),
      state: z.enum(['PRE_BOOKED', 'CONFIRMED']),
      startsAt: Timestamp,
      endsAt: Timestamp,
      expiresAt: Timestamp.nullable(),
    })
    .nullable(),
  assignmentId: Id.nullable(),
}).meta({ id: 'ServiceOrderDetail' });

const windowInOrder = (it: {
  earliestStart?: string | undefined;
  latestStart?: string | undefined;
}): boolean =>
  it.earliestStart === undefined ||
  it.latestStart === undefined ||
  Date.parse(it.earliestStart) <= Date.parse(it.latestStart);
const windowProblem = { path: ['latestStart'], message: 'must not be before earliestStart' };

export const createServiceOrder = endpoint({
  id: 'service-orders.create',
  service: 'scheduling',
  method: 'POST',
  path: '/service-orders',
  summary: 'Create a service order',
  access: 'service-order.create',
  idempotency: 'optional',
  status: 201,
  input: {
    body: z
      .strictObject({
        customerId: Id,
        businessUnitId: Id,
        ...order,
        instructions: order.instructions.default(''),
        address: order.address.optional(),
        skills: order.skills.default([]),
        attributes: order.attributes.default({}),
        externalId: order.externalId.default(null),
      })
      .refine(windowInOrder, windowProblem),
  },
  reply: ServiceOrder,
  errors: ['CONFLICT', 'REFERENCE_MISSING', 'ARCHIVED'],
});

export const listServiceOrders = endpoint({
  id: 'service-orders.list',
  service: 'scheduling',
  method: 'GET',
  path: '/service-orders',
  summary: 'Service orders, newest first',
  access: 'service-order.view',
  input: {
    query: z.strictObject({
      ...pageQuery,
      state: OrderState.optional(),
      kind: OrderKind.optional(),
      customerId: Id.optional(),
      externalId: Code.optional(),
      /** Orders whose window touches the time from … to. */
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      /** Words of number, title or customer name, full text, prefix match. */
      q: z.string().trim().min(1).max(100).optional(),
    }),
  },
  reply: page(ServiceOrder),
});

export const countServiceOrders = endpoint({
  id: 'service-orders.counts',
  service: 'scheduling',
  method: 'GET',
  path: '/service-orders/counts',
  summary: 'How many orders are in each state',
  access: 'service-order.view',
  reply: z.object({ total: z.number().int(), byState: z.partialRecord(OrderState, z.number().int()) }),
});

export const readServiceOrder = endpoint({
  id: 'service-orders.read',
  service: 'scheduling',
  method: 'GET',
  path: '/service-orders/:id',
  summary: 'One service order with its history, booking and assignment',
  access: 'service-order.view',
  input: { params: IdParams },
  reply: ServiceOrderDetail,
  errors: ['NOT_FOUND'],
});

export const changeServiceOrder = endpoint({
  id: 'service-orders.change',
  service: 'scheduling',
  method: 'PATCH',
  path: '/service-orders/:id',
  summary: 'Change a service order that is not booked yet',
  access: 'service-order.manage',
  input: { params: IdParams, body: z.strictObject(order).partial().refine(windowInOrder, windowProblem) },
  reply: ServiceOrder,
  errors: ['NOT_FOUND', 'ILLEGAL_TRANSITION', 'CONFLICT', 'VALIDATION_FAILED'],
});

export const cancelServiceOrder = endpoint({
  id: 'service-orders.cancel',
  service: 'scheduling',
  method: 'POST',
  path: '/service-orders/:id/cancel',
  summary: 'Cancel an order and release its booking',
  access: 'service-order.manage',
  idempotency: 'optional',
  input: { params: IdParams, body: z.strictObject({ reason: z.string().trim().min(1).max(500) }) },
  reply: ServiceOrder,
  errors: ['NOT_FOUND', 'ILLEGAL_TRANSITION'],
});

export const transitionServiceOrder = endpoint({
  id: 'service-orders.transition',
  service: 'scheduling',
  method: 'POST',
  path: '/service-orders/:id/transitions',
  summary: 'Move an assigned order along its states',
  access: 'service-order.manage',
  idempotency: 'optional',
  input: {
    params: IdParams,
    body: z.strictObject({
      to: z.enum([
        'ACCEPTED',
        'IN_PROGRESS',
        'PICKED_UP',
        'IN_TRANSIT',
        'DELIVERED',
        'FAILED',
        'COMPLETED',
        'VALIDATED',
        'CLOSED',
      ]),
      reason: z.string().trim().max(500).default(''),
    }),
  },
  reply: ServiceOrder,
  errors: ['NOT_FOUND', 'ILLEGAL_TRANSITION'],
});
