/** Arrivals of virtual users, as Artillery takes them; seconds. */
export interface Phase {
  duration: number;
  arrivalCount: number;
}

/** One load: how many people do how much for how long. */
export interface Scenario {
  summary: string;
  /** Accounts that are prepared; virtual users beyond them share. */
  users: number;
  phases: Phase[];
  /** Requests of one virtual user, and the milliseconds in which each has its place. */
  pace: { requests: number; placeMs: number };
  /** Requests that have to be sent, or the load was not what it says. */
  requests: number;
  /** Whether the targets for answer times hold it; with few requests a percentile says nothing. */
  isTimed: boolean;
}

/** Requests of one case of `scenarios/dispatcher.yml`, from the list to the last look. */
export const REQUESTS_PER_CASE = 10;

const USERS = 100;
const REQUESTS_PER_MINUTE = 1_000;
/** As long as a case, so that at any moment some users are at each of its steps. */
const ARRIVAL_S = 60;

const users = (minutes: number): Scenario => {
  // Whoever comes first stays until all have been there together for as long as was asked.
  const each = (REQUESTS_PER_MINUTE / USERS) * (minutes + ARRIVAL_S / 60);
  return {
    summary: `${USERS} users at once, ${REQUESTS_PER_MINUTE.toLocaleString('en')} requests a minute, ${minutes} min (and a minute each to come and go)`,
    users: USERS,
    phases: [{ duration: ARRIVAL_S, arrivalCount: USERS }],
    pace: { requests: each, placeMs: (60_000 * USERS) / REQUESTS_PER_MINUTE },
    requests: USERS * each,
    isTimed: true,
  };
};

const ORDER_PLACE_MS = 1_000;

/** Orders that come in at a rate, each taken from the call to the booking by somebody else. */
const orders =
  (perHour: number) =>
  (minutes: number): Scenario => {
    const count = Math.max(1, Math.round((perHour * minutes) / 60));
    return {
      summary: `${perHour} orders an hour, ${minutes} min`,
      users: 20,
      phases: [{ duration: minutes * 60, arrivalCount: count }],
      pace: { requests: REQUESTS_PER_CASE, placeMs: ORDER_PLACE_MS },
      requests: count * REQUESTS_PER_CASE,
      isTimed: false,
    };
  };

interface Named {
  minutes: number;
  of: (minutes: number) => Scenario;
}

/** By the name on the command line, with the time each takes unless another is given. */
export const SCENARIOS: ReadonlyMap<string, Named> = new Map([
  ['users', { minutes: 5, of: users }],
  ['orders', { minutes: 30, of: orders(50) }],
  ['orders-rush', { minutes: 5, of: orders(200) }],
]);
