import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import {
  Address,
  AddressReply,
  Code,
  Email,
  Id,
  IdParams,
  Language,
  Name,
  Timestamp,
} from '../core/primitives';

const customer = {
  name: Name,
  email: Email.nullable(),
  phone: z.string().trim().max(40).nullable(),
  language: Language,
  address: Address,
  /** The integrator's own id of this customer; unique in the organization. */
  externalId: Code.nullable(),
};

export const Customer = z
  .object({
    id: Id,
    ...customer,
    address: AddressReply,
    archived: z.boolean(),
    createdAt: Timestamp,
    version: z.number().int(),
  })
  .meta({ id: 'Customer' });

export const NewCustomer = z.strictObject({
  ...customer,
  email: customer.email.default(null),
  phone: customer.phone.default(null),
  language: customer.language.default('en'),
  externalId: customer.externalId.default(null),
});

export const createCustomer = endpoint({
  id: 'customers.create',
  service: 'scheduling',
  method: 'POST',
  path: '/customers',
  summary: 'Create a customer',
  access: 'customer.manage',
  idempotency: 'optional',
  status: 201,
  input: { body: NewCustomer },
  reply: Customer,
  errors: ['CONFLICT'],
});

export const listCustomers = endpoint({
  id: 'customers.list',
  service: 'scheduling',
  method: 'GET',
  path: '/customers',
  summary: 'Customers, newest first',
  access: 'customer.view',
  input: { query: z.strictObject({ ...pageQuery, externalId: Code.optional() }) },
  reply: page(Customer),
});

export const readCustomer = endpoint({
  id: 'customers.read',
  service: 'scheduling',
  method: 'GET',
  path: '/customers/:id',
  summary: 'One customer',
  access: 'customer.view',
  input: { params: IdParams },
  reply: Customer,
  errors: ['NOT_FOUND'],
});

export const changeCustomer = endpoint({
  id: 'customers.change',
  service: 'scheduling',
  method: 'PATCH',
  path: '/customers/:id',
  summary: 'Change a customer',
  access: 'customer.manage',
  input: {
    params: IdParams,
    body: z.strictObject({ ...customer, archived: z.boolean() }).partial(),
  },
  reply: Customer,
  errors: ['NOT_FOUND', 'CONFLICT'],
});
