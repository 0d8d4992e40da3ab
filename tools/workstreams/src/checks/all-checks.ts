import type { Facts } from '../facts';
import { apiContracts } from './api-contracts';
import type { Checked } from './check';
import { databaseSchemas } from './database-schemas';
import { eventSchemas } from './event-schemas';
import { frontendToBackend } from './frontend-to-backend';
import { serviceToService } from './service-to-service';

/** The five integration checks. */
export const allChecks = (facts: Facts): Checked[] =>
  [apiContracts, eventSchemas, databaseSchemas, serviceToService, frontendToBackend].map((check) =>
    check(facts),
  );
