import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { dueAfterMs } from './pace.mjs';

/** Written by tools/load/src: `{ url, pace: { requests, placeMs }, users: […] }`. */
const plan = JSON.parse(readFileSync(process.env.ORION_LOAD_PLAN, 'utf8'));
const RENEW_BEFORE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

const pick = (values) => values[Math.floor(Math.random() * values.length)];
let taken = 0;

/** Tokens last ten minutes; a long scenario signs its users in again, apart from what is measured. */
async function freshToken(user) {
  if (Date.parse(user.tokenEndsAt) - Date.now() > RENEW_BEFORE_MS) return user.token;
  const { email, password, organizationId } = user;
  const answer = await fetch(`${plan.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, organizationId }),
  });
  if (!answer.ok) throw new Error('sign_in_refused');
  const { accessToken, expiresIn } = await answer.json();
  user.token = accessToken;
  user.tokenEndsAt = new Date(Date.now() + expiresIn * 1_000).toISOString();
  return user.token;
}

/** Each virtual user is somebody else, as long as there are enough. */
export async function signIn(context) {
  context.vars.user = plan.users[taken++ % plan.users.length];
  context.vars.sent = 0;
  context.vars.began = performance.now();
}

export function goesOn(context, answer) {
  answer(context.vars.sent < plan.pace.requests);
}

export async function beginCase(context) {
  context.vars.wanted = Math.random() < 2 / 3;
}

export const isWanted = (vars) => vars.wanted;
export const isUnwanted = (vars) => !vars.wanted;

export async function takeTurn(request, context) {
  const { user, began } = context.vars;
  const due = began + dueAfterMs(context.vars.sent++, plan.pace.placeMs, Math.random());
  await sleep(Math.max(0, due - performance.now()));
  request.headers = { ...request.headers, authorization: `Bearer ${await freshToken(user)}` };
  if (request.method === 'POST') request.headers['idempotency-key'] = randomUUID();
  context.vars.asked = performance.now();
}

/** From the question to the whole answer; Artillery's own figure ends with the first byte. */
export async function measure(request, response, context, events) {
  const tookMs = performance.now() - context.vars.asked;
  events.emit('histogram', 'orion.answer', tookMs);
  events.emit('histogram', `orion.answer.${request.name}`, tookMs);
  if (response.statusCode >= 300)
    events.emit('counter', `orion.refused.${request.name}.${response.statusCode}`, 1);
}

export async function writeCustomer(request, context) {
  const name = `Customer ${randomUUID().slice(0, 8)}`;
  context.vars.address = {
    street: `${1 + Math.floor(Math.random() * 120)} rue Garibaldi`,
    postalCode: '69003',
    city: 'Lyon',
    country: 'FR',
    place: { latitude: 45.7 + Math.random() * 0.1, longitude: 4.8 + Math.random() * 0.1 },
  };
  request.json = { name, language: 'fr', address: context.vars.address };
}

/** A window of four days somewhere in the next two weeks. */
export async function writeOrder(request, context) {
  const { user, customerId } = context.vars;
  const begins = Date.now() + (1 + Math.floor(Math.random() * 10)) * DAY_MS;
  request.json = {
    customerId,
    businessUnitId: user.businessUnitId,
    kind: 'REPAIR',
    title: 'No hot water',
    skills: [user.area],
    durationMinutes: 45,
    earliestStart: new Date(begins).toISOString(),
    latestStart: new Date(begins + 4 * DAY_MS).toISOString(),
  };
}

export async function writeHold(request, context) {
  request.json = { serviceOrderId: context.vars.orderId, startsAt: context.vars.startsAt };
}

/** What a refused request did not give is missed by the requests after it; the refusal itself is counted. */
const bodyOf = (response) => (response.statusCode < 300 ? JSON.parse(response.body) : {});

export async function chooseOrder(_request, response, context) {
  context.vars.knownOrderId = pick(bodyOf(response).items ?? [{}])?.id;
}

export async function keepCustomer(_request, response, context) {
  context.vars.customerId = bodyOf(response).id;
}

export async function keepOrder(_request, response, context) {
  context.vars.orderId = bodyOf(response).id;
}

export async function chooseSlot(_request, response, context) {
  const { slots = [] } = bodyOf(response);
  if (slots.length === 0) throw new Error('no_free_start');
  context.vars.startsAt = pick(slots).startsAt;
}

export async function keepBooking(_request, response, context) {
  context.vars.bookingId = bodyOf(response).id;
}
