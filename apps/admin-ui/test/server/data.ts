import { type OrderKind, type OrderState } from '@orion/contracts';
import { type Order, type OrderDetail } from '../../src/orders/order';
import { id } from './ids';

export const UNIT = id(50);
const NAMES = [
  'Claire Fontaine',
  'Marc Dubois',
  'Inès Moreau',
  'Hotel Bellecour',
  'Paul Girard',
  'Boulangerie Rey',
  'Sofia Lopez',
];
const STREETS = [
  '4 rue Mercière',
  '18 quai Saint-Antoine',
  '77 cours Gambetta',
  '2 place Ampère',
  '31 rue de Créqui',
];
const JOBS: [OrderKind, string, string[]][] = [
  ['REPAIR', 'Boiler shows error F28', ['heating']],
  ['INSTALLATION', 'Install heat pump, ground floor', ['heating', 'electrics']],
  ['MAINTENANCE', 'Yearly service of the ventilation', ['ventilation']],
  ['TECHNICAL_VISIT', 'Measure for solar panels', ['roof']],
  ['DELIVERY', 'Deliver and place washing machine', []],
];
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;
const at = (day: number, hour: number): string => new Date(Date.UTC(2026, 10, 23 + day, hour)).toISOString();

/** An order like many others; the number decides what it is about. */
export function anOrder(number: number, state: OrderState = 'CREATED', more: Partial<Order> = {}): Order {
  const [kind, title, skills] = pick(JOBS, number);
  return {
    id: id(1000 + number),
    number: `SO-${String(number).padStart(5, '0')}`,
    businessUnitId: UNIT,
    customerId: id(200 + (number % NAMES.length)),
    customerName: pick(NAMES, number),
    state,
    kind,
    title,
    instructions: number % 2 === 0 ? 'Ring twice; the dog is friendly. Meter in the cellar.' : '',
    address: {
      street: pick(STREETS, number),
      postalCode: `6900${1 + (number % 9)}`,
      city: 'Lyon',
      country: 'FR',
      place: { latitude: 45.75 + (number % 10) / 200, longitude: 4.83 + (number % 7) / 150 },
    },
    skills,
    durationMinutes: 60 + 15 * (number % 4),
    earliestStart: at(number % 5, 7),
    latestStart: at(number % 5, 15),
    attributes: {},
    externalId: null,
    createdAt: new Date(Date.UTC(2026, 10, 20, 8, number % 60)).toISOString(),
    version: 1,
    ...more,
  };
}

const WAY: OrderState[] = [
  'CREATED',
  'SCHEDULED',
  'ASSIGNED',
  'ACCEPTED',
  'IN_PROGRESS',
  'COMPLETED',
  'VALIDATED',
  'CLOSED',
];

/** The detail of an order that went the usual way to its state. */
export function detailOf(order: Order, more: Partial<OrderDetail> = {}): OrderDetail {
  const passed = WAY.slice(0, Math.max(1, WAY.indexOf(order.state) + 1));
  const history = passed.map((to, step) => ({
    from: WAY[step - 1] ?? null,
    to,
    reason: '',
    actorId: [null, id(1), id(3)][step % 3] ?? null,
    at: new Date(Date.parse(order.createdAt) + step * 3_600_000).toISOString(),
  }));
  return { ...order, history, booking: null, assignmentId: null, ...more };
}
