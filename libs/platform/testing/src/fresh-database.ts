import { freshTestDatabase, type TestDatabase } from '@orion/database';
import { infrastructure } from './infrastructure';

/**
 * An own, migrated, empty database of a service.
 * @param prismaDir the folder that holds `migrations`
 */
export const freshDatabase = (service: string, prismaDir: string): Promise<TestDatabase> =>
  freshTestDatabase(infrastructure().postgres, service, prismaDir);
