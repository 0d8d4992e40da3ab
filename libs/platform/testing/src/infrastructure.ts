/**
 * Addresses of the servers tests run against. A missing one fails the test; nothing is skipped.
 * @throws Error naming the missing variable
 */
export function infrastructure() {
  const address = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: start the tests with "npm test", or give the address`);
    return value;
  };
  return {
    get postgres() {
      return address('ORION_POSTGRES_URL');
    },
    get rabbitmq() {
      return address('ORION_RABBITMQ_URL');
    },
    get redis() {
      return address('ORION_REDIS_URL');
    },
  };
}
