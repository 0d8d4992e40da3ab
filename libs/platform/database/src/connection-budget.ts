/**
 * PostgreSQL's default of 100 connections is the limit all services share; 3 are kept for superusers.
 *
 * | who                              | each | five services |
 * |----------------------------------|------|---------------|
 * | application role's pool          | 8    | 40            |
 * | worker role's pool               | 4    | 20            |
 * | LISTEN and NOTIFY                | 1    | 5             |
 * | launcher, migrations, psql       |      | 5             |
 * | **in all**                       |      | **70**        |
 *
 * A sixth service, and a second process of a service, take 13 more each. Whoever raises a pool (`DATABASE_POOL`, `WORKER_DATABASE_POOL`)
 * raises `max_connections` with it, or puts a pooler in between.
 */
export const CONNECTION_BUDGET = { app: 8, worker: 4, signals: 1, launcher: 5, limit: 97 } as const;

/** Connections that `services` processes with the given pools may open together. */
export const connectionsNeeded = (services: number, app: number, worker: number): number =>
  services * (app + worker + CONNECTION_BUDGET.signals) + CONNECTION_BUDGET.launcher;
