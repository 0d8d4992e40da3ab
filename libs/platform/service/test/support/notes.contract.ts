import { endpoint, Id, IdParams, Nothing, pageQuery } from '@orion/contracts';
import { z } from 'zod';

const Note = z.object({ id: Id, text: z.string(), tags: z.array(z.string()) });

const NewNote = z.strictObject({
  text: z.string().trim().min(1).max(100),
  tags: z.array(z.string()).default([]),
  more: z.unknown().optional(),
});

const notes = { service: 'user', summary: 'For tests' } as const;

export const addNote = endpoint({
  ...notes,
  id: 'notes.add',
  method: 'POST',
  path: '/notes',
  access: 'customer.manage',
  idempotency: 'required',
  status: 201,
  input: { body: NewNote },
  reply: Note.extend({ by: Id, organizationId: Id, key: z.string().optional(), address: z.string() }),
  errors: ['CONFLICT'],
});

export const listNotes = endpoint({
  ...notes,
  id: 'notes.list',
  method: 'GET',
  path: '/notes',
  access: 'authenticated',
  input: { query: z.strictObject({ ...pageQuery, search: z.string().optional() }) },
  reply: z.object({ items: z.array(Note), limit: z.number(), correlationId: z.string() }),
});

export const readNote = endpoint({
  ...notes,
  id: 'notes.read',
  method: 'GET',
  path: '/notes/:id',
  access: 'public',
  input: { params: IdParams },
  reply: Note,
  errors: ['NOT_FOUND'],
});

export const removeNote = endpoint({
  ...notes,
  id: 'notes.remove',
  method: 'DELETE',
  path: '/notes/:id',
  access: 'public',
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
});

/** What goes wrong is chosen by the caller. */
export const failNote = endpoint({
  ...notes,
  id: 'notes.fail',
  method: 'POST',
  path: '/notes/fail/:how',
  access: 'public',
  input: { params: z.strictObject({ how: z.string() }) },
  reply: Note,
  errors: ['CONFLICT', 'UPSTREAM_UNAVAILABLE'],
});

export const watchNotes = endpoint({
  ...notes,
  id: 'notes.watch',
  method: 'GET',
  path: '/notes/stream',
  access: 'authenticated',
  input: { query: z.strictObject({ after: z.coerce.number().int().min(0).default(0) }) },
  stream: true,
  reply: z.object({ position: z.number().int() }),
});
