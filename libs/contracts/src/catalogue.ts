import type { Endpoint } from './core/endpoint';
import { type EventContract, producerOf } from './core/event';
import type { Question } from './core/question';
import * as auth from './auth/auth.contract';
import * as apiKeys from './auth/api-keys.contract';
import * as accounts from './auth/accounts.contract';
import * as factors from './auth/factors.contract';
import * as singleSignOn from './auth/single-sign-on.contract';
import * as sessions from './auth/sessions.contract';
import * as audit from './auth/audit.contract';
import * as authEvents from './auth/auth.events';
import * as authQuestions from './auth/auth.questions';
import * as passkeys from './auth/passkeys.contract';
import * as roles from './auth/roles.contract';
import * as switching from './auth/switch.contract';
import * as impersonation from './auth/impersonation.contract';
import * as invited from './auth/invited.contract';
import * as user from './user/user.contract';
import * as organizations from './user/organizations.contract';
import * as members from './user/members.contract';
import * as teams from './user/teams.contract';
import * as invitations from './user/invitations.contract';
import * as userEvents from './user/user.events';
import * as userQuestions from './user/user.questions';
import * as assignments from './scheduling/assignments.contract';
import * as calendar from './scheduling/calendar.contract';
import * as customers from './scheduling/customers.contract';
import * as providers from './scheduling/providers.contract';
import * as schedulingEvents from './scheduling/scheduling.events';
import * as serviceOrders from './scheduling/service-orders.contract';
import * as settings from './scheduling/settings.contract';
import * as notificationEvents from './notification/notification.events';
import * as notificationQuestions from './notification/notification.questions';
import * as notifications from './notification/notifications.contract';
import * as webhooks from './notification/webhooks.contract';
import * as gateway from './gateway/gateway.contract';

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'access' in value;
const isEvent = (value: unknown): value is EventContract =>
  typeof value === 'object' && value !== null && 'type' in value && 'data' in value && 'summary' in value;
const isQuestion = (value: unknown): value is Question =>
  typeof value === 'object' && value !== null && 'pattern' in value && 'ask' in value && 'answer' in value;

const collect = <T>(modules: object[], is: (value: unknown) => value is T): readonly T[] =>
  modules.flatMap((module) => Object.values(module)).filter(is);

/** Every endpoint of the platform. */
export const ENDPOINTS = collect<Endpoint>(
  [
    auth,
    accounts,
    apiKeys,
    audit,
    factors,
    passkeys,
    roles,
    switching,
    invited,
    impersonation,
    sessions,
    singleSignOn,
    user,
    organizations,
    members,
    teams,
    invitations,
    settings,
    customers,
    providers,
    serviceOrders,
    calendar,
    assignments,
    notifications,
    webhooks,
    gateway,
  ],
  isEndpoint,
);

/** Every event of the platform. */
export const EVENTS = collect<EventContract>(
  [authEvents, userEvents, schedulingEvents, notificationEvents],
  isEvent,
);

/** Every question one service asks another. */
export const QUESTIONS = collect<Question>([authQuestions, userQuestions, notificationQuestions], isQuestion);

const BY_TYPE = new Map(EVENTS.map((it) => [it.type, it]));

/** The contract of an event type; undefined for a type the catalogue does not know. */
export const eventContract = (type: string): EventContract | undefined => BY_TYPE.get(type);

export const eventsOf = (service: string): EventContract[] =>
  EVENTS.filter((it) => producerOf(it.type) === service);

/** Public events, by the name webhook subscribers know them under. */
export const WEBHOOK_EVENTS: ReadonlyMap<string, EventContract> = new Map(
  EVENTS.flatMap((it) => (it.webhook ? [[it.webhook.type, it] as const] : [])),
);
