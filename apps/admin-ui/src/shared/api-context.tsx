import { type Client } from '@orion/client';
import { createContext, useContext } from 'react';

const Context = createContext<Client | null>(null);

export const ApiProvider = Context.Provider;

export function useApi(): Client {
  const api = useContext(Context);
  if (!api) throw new Error('no API around this component');
  return api;
}
