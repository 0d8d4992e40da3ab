import { type Check, checked } from './check';

/** Every endpoint is implemented, once, by the service that its contract names. */
export const apiContracts: Check = ({ catalogue, apps }) =>
  checked(
    'API contracts',
    catalogue.contracts.filter(({ kind }) => kind === 'endpoint'),
    (endpoint) => {
      const places = apps.flatMap(({ project, usage }) =>
        usage.implemented.filter((it) => it === endpoint).map(() => project.name),
      );
      if (places.length === 1 && places[0] === endpoint.service) return [];
      if (places.length === 0) return [`${endpoint.id} is not implemented by ${endpoint.service}`];
      return [`${endpoint.id} of ${endpoint.service} is implemented by ${places.join(', ')}`];
    },
  );
