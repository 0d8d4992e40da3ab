import type { Tree } from '@nx/devkit';
import { listed } from '../listed';
import { refuse } from '../refusal';
import { servicesOf } from './contracts';

/** Refuses a service that is not there. */
export function checkService(tree: Tree, service: string): void {
  const services = servicesOf(tree);
  if (!services.includes(service)) refuse(`There is no service ${service}: name one of ${listed(services)}.`);
}

/** Refuses a service whose generated endpoints could not be tested. */
export function checkHasEndpoints(tree: Tree, service: string): void {
  checkService(tree, service);
  if (service === 'auth')
    refuse('auth takes only tokens of its own keys, so what is written for it is written by hand.');
}
