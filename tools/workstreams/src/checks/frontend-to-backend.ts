import type { Contract } from '../source/catalogue';
import { type Check, type Checked, checked } from './check';

/**
 * Every endpoint that a web app calls has a service behind it and a route that no other shares, so that the gateway,
 * which routes by contract, finds it; and web apps reach the platform by the client alone.
 */
export const frontendToBackend: Check = ({ catalogue, apps }): Checked => {
  const web = apps.filter(({ isWeb }) => isWeb);
  const endpoints = [...new Set(web.flatMap(({ usage }) => usage.called))];
  const faultsOf = (endpoint: Contract): string[] => {
    const implementing = apps.some(
      ({ project, usage }) => project.name === endpoint.service && usage.implemented.includes(endpoint),
    );
    const rivals = catalogue.contracts.filter((it) => it !== endpoint && it.route === endpoint.route);
    return [
      ...(implementing ? [] : [`${endpoint.id} is called, and ${endpoint.service} does not implement it`]),
      ...rivals.map(({ id }) => `${endpoint.id} and ${id} share the route ${endpoint.route}`),
    ];
  };
  const calls = checked('Frontend to backend', endpoints, faultsOf);
  const bypasses = web.flatMap(({ bypasses }) => bypasses);
  return {
    ...calls,
    of: calls.of + bypasses.length,
    faults: [...calls.faults, ...bypasses.map((place) => `${place} reaches the network without the client`)],
  };
};
