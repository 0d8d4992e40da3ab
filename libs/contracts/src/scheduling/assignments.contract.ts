import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, pageQuery } from '../core/page';
import { Id, IdParams, Timestamp } from '../core/primitives';
import { Booking } from './calendar.contract';
import { Funnel } from './funnel';

export const AssignmentState = z.enum(['PENDING', 'OFFERED', 'ACCEPTED', 'DECLINED', 'EXPIRED']);

export const Assignment = z
  .object({
    id: Id,
    serviceOrderId: Id,
    technicianId: Id,
    bookingId: Id,
    mode: z.enum(['DIRECT']),
    state: AssignmentState,
    createdAt: Timestamp,
    createdBy: Id,
  })
  .meta({ id: 'Assignment' });

export const AssignmentDetail = Assignment.extend({ booking: Booking, funnel: Funnel }).meta({
  id: 'AssignmentDetail',
});

export const assign = endpoint({
  id: 'assignments.create',
  service: 'scheduling',
  method: 'POST',
  path: '/assignments',
  summary: 'Assign a technician to a scheduled order; moves the booking where the choice differs from it',
  access: 'assignment.create',
  idempotency: 'required',
  status: 201,
  input: {
    body: z.strictObject({
      serviceOrderId: Id,
      /** Left out: the best of the funnel, run again now. */
      technicianId: Id.optional(),
    }),
  },
  reply: AssignmentDetail,
  errors: ['NOT_FOUND', 'NOT_BOOKED', 'NO_CANDIDATE', 'SLOT_TAKEN', 'ILLEGAL_TRANSITION', 'CONFLICT'],
});

export const readAssignment = endpoint({
  id: 'assignments.read',
  service: 'scheduling',
  method: 'GET',
  path: '/assignments/:id',
  summary: 'One assignment with its booking and funnel',
  access: 'assignment.view',
  input: { params: IdParams },
  reply: AssignmentDetail,
  errors: ['NOT_FOUND'],
});

export const listAssignments = endpoint({
  id: 'assignments.list',
  service: 'scheduling',
  method: 'GET',
  path: '/assignments',
  summary: 'Assignments, newest first',
  access: 'assignment.view',
  input: {
    query: z.strictObject({ ...pageQuery, serviceOrderId: Id.optional(), technicianId: Id.optional() }),
  },
  reply: page(Assignment),
});
